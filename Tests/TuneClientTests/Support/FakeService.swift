import Foundation
import Synchronization
import TuneModel

@testable import TuneClient

/// A service in memory that speaks either form of the protocol, and whose jobs get on a little whenever they are looked
/// at.
final class FakeService: Sendable {
    struct Traits: Sendable {
        var isLegacy = false
        /// Whether an idempotency key that was seen makes no second job.
        var heedsKeys = false
        var keepsMetadata = true
        /// Items of a page at most, whatever is asked for.
        var pageSize = 7
        var lineEnd = "\n"
        /// Whether the last event is told only after the job has ended.
        var isLate = false
    }

    struct Job: Sendable {
        var id: String
        var wish: JSON
        var key: String?
        var createdAt: Int
        /// All that will ever happen, oldest first.
        var events: [JSON]
        /// How many of them have happened.
        var happened = 0

        var isOver: Bool { happened >= events.count }
    }

    struct State: Sendable {
        var jobs: [Job] = []
        var files: [String: [UInt8]] = [:]
        var names: [String: String] = [:]
        var uploads: [String: [String: [UInt8]]] = [:]
        var asked: [FaultServer.Asked] = []
        var chance: Chance
        var count = 0
    }

    static let answerText = "Grüße, 世界 🦊!\nEin zweiter Satz."
    static let models = ["gpt-one", "ft:gpt-one:personal:x:1", "curie:ft-me-2023"]

    let traits: Traits
    let state: Mutex<State>

    init(_ traits: Traits = Traits(), seed: Int = 1) {
        self.traits = traits
        state = Mutex(State(chance: Chance(seed)))
    }

    /// Adds a job with so many events.
    func addJob(events count: Int) -> String {
        state.withLock {
            Self.add(&$0, wish: .object([("model", "gpt-one"), ("training_file", "file-t")]), key: nil, events: count)
        }
    }

    /// The ids that a client gives or is given for all events of a job.
    func eventMessages(of id: String) -> [String] {
        state.withLock { $0.jobs.first { $0.id == id }?.events.compactMap { $0["message"].text } ?? [] }
    }

    func answer(_ asked: FaultServer.Asked) -> FaultServer.Served {
        state.withLock { state in
            let parts = asked.path.split(separator: "/").map(String.init)
            guard parts.first == "v1", parts.count > 1 else { return Self.missing }
            let rest = Array(parts.dropFirst())
            switch rest[0] {
            case "fine_tuning" where !traits.isLegacy && rest.count > 1:
                return jobs(asked, Array(rest.dropFirst(2)), &state)
            case "fine-tunes" where traits.isLegacy: return jobs(asked, Array(rest.dropFirst()), &state)
            case "files": return files(asked, Array(rest.dropFirst()), &state)
            case "uploads": return uploads(asked, Array(rest.dropFirst()), &state)
            case "models":
                let all = Self.models.map { JSON.object([("id", .text($0)), ("created", JSON(5))]) }
                if rest.count > 1 { return all.first { $0["id"].text == rest[1] }.map(Self.served) ?? Self.missing }
                return Self.served(.object([("data", .list(all))]))
            case "chat", "completions": return stream(asked)
            default: return Self.missing
            }
        }
    }

    // MARK: - Parts

    static let missing = served(.object([("error", .object([("message", "There is no such thing.")]))]), status: 404)

    static func served(_ json: JSON, status: Int = 200) -> FaultServer.Served {
        FaultServer.Served(status: status, body: json.bytes)
    }

    private static func served(_ json: JSON) -> FaultServer.Served { served(json, status: 200) }

    static func page(_ items: [JSON], _ asked: FaultServer.Asked, size: Int) -> FaultServer.Served {
        var rest = items[...]
        if let after = asked.query["after"] {
            guard let place = items.firstIndex(where: { $0["id"].text == after }) else { return missing }
            rest = items[(place + 1)...]
        }
        let page = rest.prefix(min(size, Int(asked.query["limit"] ?? "20") ?? 20))
        return served(.object([("data", .list(Array(page))), ("has_more", .bool(page.count < rest.count))]))
    }

    /// The answer to a question, in pieces of a few characters.
    private func stream(_ asked: FaultServer.Asked) -> FaultServer.Served {
        let isChat = asked.path.contains("chat")
        var events: [String] = [": a comment"]
        var text = Substring(Self.answerText)
        func choice(_ text: String?, _ finish: String?) -> String {
            let piece: JSON = isChat ? .object([("content", JSON(text))]) : .null
            return "data: "
                + JSON.object([
                    (
                        "choices",
                        .list([
                            .object([
                                ("index", JSON(0)), ("delta", piece), ("text", isChat ? .null : JSON(text ?? "")),
                                ("finish_reason", JSON(finish)),
                            ])
                        ])
                    )
                ]).line
        }
        while !text.isEmpty {
            events.append(choice(String(text.prefix(3)), nil))
            text = text.dropFirst(3)
        }
        events.append(choice(nil, "stop"))
        let usage = JSON.object([("prompt_tokens", JSON(3)), ("completion_tokens", JSON(11))])
        events.append("data: " + JSON.object([("choices", .list([])), ("usage", usage)]).line)
        events.append("data: [DONE]")
        return stream(of: events)
    }

    func stream(of events: [String]) -> FaultServer.Served {
        FaultServer.Served(
            headers: ["content-type": "text/event-stream"],
            body: Array(events.map { $0 + traits.lineEnd + traits.lineEnd }.joined().utf8))
    }
}
