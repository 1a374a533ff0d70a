import Foundation
import Synchronization
import TuneControl
import TuneModel

/// A world whose jobs and models are in memory, and whose datasets are real files in a folder of their own.
final class FakeWorld: Sendable {
    let jobs = FakeJobs()
    let models = FakeModels()
    let folder: URL
    /// What the last run left, and what this one leaves.
    let memory = Mutex<Remembered?>(nil)
    let sampleRecords: Int

    init(sampleRecords: Int = 120) throws {
        self.sampleRecords = sampleRecords
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tunedeck-\(UUID().uuidString)")
            // Longer than any form shows, so that golden screens do not show where this test ran.
            .appendingPathComponent("a-folder-with-a-name-that-is-longer-than-what-a-form-shows-of-it")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    @discardableResult
    func write(_ name: String, _ lines: [String]) throws -> String {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(name))
        return path(name)
    }

    func lines(_ name: String) throws -> [String] {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    /// Records that look like those of a glossary.
    static func glossary(_ count: Int) -> [String] {
        let terms = ["kludge", "back door", "bogon flux", "cup holder", "foo", "grault", "hacker", "Moof"]
        let texts = [
            "A quick and dirty solution to a problem that works but is clumsy.",
            "[common] A hole in the security of a system deliberately left in place by its designers.",
            "A measure of a supposed field of bogosity emitted by a speaker.",
            "The tray of a CD-ROM drive, or by extension the drive itself.",
            "Used very generally as a sample name for absolutely anything, esp. programs and files.",
        ]
        return (0..<count).map { index in
            let term = index < terms.count ? terms[index] : "\(terms[index % terms.count]) \(index + 1)"
            return
                #"{"prompt": "What is \#(term)?", "completion": "\#(texts[index % texts.count]) See also entry \#(index)."}"#
        }
    }

    var world: World {
        World(
            datasets: .onDisk(journals: path("edits")),
            preparation: .onDisk(), jobs: jobs, models: models, bases: models.bases,
            memory: MemoryClient(
                load: { [self] in memory.withLock { $0 } }, save: { [self] value in memory.withLock { $0 = value } }),
            estimate: { request in
                let parameters = Hyperparameters(request.hyperparameters, examples: 2305)
                let steps = parameters.totalSteps(examples: 2305)
                return LaunchEstimate(
                    examples: 2305, steps: steps, trainedTokens: steps * 380, seconds: Double(steps) * 1.2,
                    memoryMB: 700)
            },
            hints: { [self] model in
                model.hasPrefix("ft:")
                    ? AskHints(separator: " ->", stop: "\n", dataset: path("jargon_prepared.jsonl")) : nil
            },
            writeSample: { [self] in [try write("jargon.jsonl", Self.glossary(sampleRecords))] },
            now: { Date(timeIntervalSince1970: 1_790_000_000) }, zone: TimeZone(secondsFromGMT: 0)!,
            // Waiting is cut short, but the job list is not read in a tight circle.
            sleep: { _ in
                try await Task.sleep(for: .milliseconds(2))
            })
    }
}

/// Models in memory that answer with what a test has laid out.
final class FakeModels: ModelService {
    private struct Contents {
        var cards: [ModelCard] = []
        var answers: [String: String] = [:]
        var requests: [AnswerRequest] = []
        var isBaseMissing = false
    }

    private let contents = Mutex(Contents())
    let made = Date(timeIntervalSince1970: 1_790_000_000)

    var requests: [AnswerRequest] { contents.withLock { $0.requests } }

    func addBase() {
        let card = ModelCard(name: "smollm2-135m", kind: .base, createdAt: made, bytes: 98_000_000)
        contents.withLock { $0.cards.insert(card, at: 0) }
    }

    func addTuned(_ name: String, job: JobID) {
        let card = ModelCard(
            name: name, kind: .fineTuned(base: "smollm2-135m", job: job), createdAt: made, bytes: 9_800_000)
        contents.withLock { $0.cards.append(card) }
    }

    func answer(_ model: String, _ text: String) { contents.withLock { $0.answers[model] = text } }

    var bases: BaseModelClient {
        BaseModelClient(
            list: { [self] in
                let isPresent = contents.withLock { $0.cards.contains { $0.name == "smollm2-135m" } }
                return [BaseModel(name: "smollm2-135m", isPresent: isPresent, downloadBytes: 98_000_000)]
            },
            fetch: { [self] _ in
                AsyncThrowingStream { news in
                    news.yield(
                        FetchProgress(done: 49_000_000, total: 98_000_000, stage: Wording("downloading", "正在下载")))
                    addBase()
                    news.finish()
                }
            })
    }

    func list() async throws -> [ModelCard] { contents.withLock { $0.cards } }

    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        let text = contents.withLock { contents in
            contents.requests.append(request)
            return contents.answers[request.model] ?? ""
        }
        return AsyncThrowingStream { parts in
            for word in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                parts.yield(.text((word.offset > 0 ? " " : "") + word.element))
            }
            parts.yield(
                .finished(AnswerSummary(finish: .stop, promptTokens: 8, completionTokens: 20, tokensPerSecond: 131)))
            parts.finish()
        }
    }

    func delete(_ name: String) async throws { contents.withLock { $0.cards.removeAll { $0.name == name } } }
}
