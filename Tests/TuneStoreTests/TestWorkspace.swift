import Foundation
import GRDB
import TuneModel

@testable import TuneStore

/// A workspace in a folder of its own, gone with the value.
final class TestWorkspace: Sendable {
    let folder: String
    let paths: Paths
    let workspace: Workspace

    init() throws {
        folder = NSTemporaryDirectory() + "tunestore-" + UUID().uuidString
        paths = Paths(home: folder + "/home")
        workspace = try Workspace(paths)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var shelf: ModelShelf { ModelShelf(workspace) }
    var queue: JobQueue { JobQueue(workspace) }

    /// Jobs whose worker is never started, unless a launcher is given.
    func jobs(launcher: WorkerLauncher = .none) -> LocalJobs {
        LocalJobs(workspace, shelf: shelf, launcher: launcher)
    }

    func write(_ text: String, to name: String) throws -> String {
        let path = folder + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// A base model; its bytes do not matter to the store.
    @discardableResult
    func addModel(_ name: String = "smollm2-135m") async throws -> ShelvedModel {
        try await shelf.add(try write("GGUF and so on", to: "\(UUID().uuidString).gguf"), name: name)
    }

    func request(suffix: String? = nil, validation: Bool = false) throws -> JobRequest {
        JobRequest(
            model: "smollm2-135m", trainingFile: try write("{}\n", to: "jargon.jsonl"),
            validationFile: validation ? try write("{}\n", to: "held-out.jsonl") : nil, suffix: suffix)
    }

    /// A job that a worker has taken.
    func runningJob() async throws -> Job {
        try await addModel()
        _ = try await jobs().create(try request())
        return try await queue.claimNext()!.job
    }

    func recorder(_ job: Job) -> JobRecorder { JobRecorder(workspace, job: job.id) }

    func outcome(_ job: Job, suffix: String? = "jargon") throws -> JobOutcome {
        let adapter = paths.job(job.id) + "/adapter"
        try FileManager.default.createDirectory(atPath: adapter, withIntermediateDirectories: true)
        try "12345".write(toFile: adapter + "/adapter_model.safetensors", atomically: true, encoding: .utf8)
        return JobOutcome(
            base: "smollm2-135m", suffix: suffix, delivery: .adapter(folder: adapter), separator: " ->", ending: "\n",
            trainedTokens: 99)
    }
}

extension StepMetrics {
    static func example(_ step: Int, of total: Int = 10, loss: Double? = nil) -> StepMetrics {
        StepMetrics(
            step: step, totalSteps: total, epoch: 0.1, elapsedTokens: step * 10, elapsedExamples: step * 4,
            trainingLoss: loss ?? 1 / Double(step), trainingTokenAccuracy: 0.5, trainingSequenceAccuracy: 0.25,
            learningRate: 1e-4, gradientNorm: 1, tokensPerSecond: 100, secondsLeft: 1, peakMemoryMB: 10)
    }
}
