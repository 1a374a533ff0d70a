import Foundation
import Synchronization
import TuneControl
import TuneModel

/// A world whose jobs and models are in memory, and whose datasets are real files in a folder of their own.
final class FakeWorld: Sendable {
    let jobs = FakeJobs()
    let models = FakeModels()
    let answers = FakeAnswers()
    let services = FakeServices()
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
        var world = World(
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
        world.answers = answers.client
        world.services = services.client(jobs: jobs)
        return world
    }
}
