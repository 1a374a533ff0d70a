import Foundation
import TuneModel

@testable import TuneClient

extension FakeService {
    static func add(_ state: inout State, wish: JSON, key: String?, events count: Int) -> String {
        state.count += 1
        let id = "ftjob-\(state.count)"
        let now = Int(Date.now.timeIntervalSince1970)
        // Some say the same in the same second, as services do.
        let events = (0..<count).map { place in
            JSON.object([
                ("id", .text("ev-\(state.count)-\(place)")), ("created_at", JSON(now + place / 5)), ("level", "info"),
                (
                    "message",
                    .text(place % 4 == 3 ? "Still busy – 仍在进行 🦊" : "Step \(place)/\(count): training loss=0.5")
                ),
            ])
        }
        state.jobs.append(Job(id: id, wish: wish, key: key, createdAt: now, events: events))
        return id
    }

    func jobs(_ asked: FaultServer.Asked, _ path: [String], _ state: inout State) -> FaultServer.Served {
        if path.isEmpty {
            if asked.method == "POST" { return create(asked, &state) }
            let all = state.jobs.reversed().map { json($0) }
            return traits.isLegacy
                ? Self.served(.object([("data", .list(all))]), status: 200)
                : Self.page(all, asked, size: traits.pageSize)
        }
        guard let place = state.jobs.firstIndex(where: { $0.id == path[0] }) else { return Self.missing }
        let step = Int.random(in: 0...3, using: &state.chance)
        state.jobs[place].happened = min(state.jobs[place].happened + step, state.jobs[place].events.count)
        let job = state.jobs[place]
        guard path.count > 1, path[1] == "events" else { return Self.served(json(job), status: 200) }
        let events = Array(job.events.prefix(job.happened))
        if !traits.isLegacy { return Self.page(events.reversed(), asked, size: traits.pageSize) }
        let plain = events.map { event in
            JSON.object(event.members.filter { $0.name != "id" }.map { ($0.name, $0.value) })
        }
        guard asked.query["stream"] == "true" else {
            return Self.served(.object([("data", .list(plain))]), status: 200)
        }
        return stream(of: plain.map { "data: " + $0.line } + (job.isOver ? ["data: [DONE]"] : [": more to come"]))
    }

    private func create(_ asked: FaultServer.Asked, _ state: inout State) -> FaultServer.Served {
        guard let wish = try? JSONReader.read(asked.body), wish["training_file"].text != nil else {
            return Self.served(.object([("error", .object([("message", "no file")]))]), status: 400)
        }
        let key = asked.headers["idempotency-key"]
        if traits.heedsKeys, let job = state.jobs.first(where: { $0.key == key }) {
            return Self.served(json(job), status: 200)
        }
        let id = Self.add(&state, wish: wish, key: key, events: 3)
        return Self.served(json(state.jobs.first { $0.id == id }!), status: 200)
    }

    private func json(_ job: Job) -> JSON {
        let isOver = job.happened >= job.events.count - (traits.isLate ? 1 : 0)
        let file = job.wish["training_file"]
        return .object([
            ("id", .text(job.id)), ("created_at", JSON(job.createdAt)), ("model", job.wish["model"]),
            ("suffix", job.wish["suffix"]), ("status", isOver ? "succeeded" : "running"),
            ("training_file", traits.isLegacy ? .null : file),
            ("training_files", traits.isLegacy ? .list([.object([("id", file)])]) : .null),
            ("metadata", traits.keepsMetadata ? job.wish["metadata"] : .null),
        ])
    }
}
