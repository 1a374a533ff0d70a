import Foundation
import TuneModel

@testable import TuneTrainer

/// Whole runs of a tiny model in a folder of their own.
struct TinyRun {
    let folder = NSTemporaryDirectory() + "run-\(UUID().uuidString)"
    var rhythm = CheckpointRhythm.everyStep

    /// All that a run told.
    struct Story {
        var end: TrainingEnd?
        var steps: [StepMetrics] = []
        var samples: [SampleAnswer] = []
        var losses: [RecordLoss] = []
        var messages: [Wording] = []
        var warnings: [Wording] = []
        var trainedTokens: Int?

        mutating func absorb(_ news: TrainingNews) {
            switch news {
            case .message(let words, let level):
                messages.append(words)
                if level == .warn { warnings.append(words) }
            case .read: break
            case .step(let metrics): steps.append(metrics)
            case .sample(let sample): samples.append(sample)
            case .recordLosses(let losses): self.losses = losses
            case .delivered(_, let tokens): trainedTokens = tokens
            }
        }

        func said(_ english: String) -> Bool { messages.contains { $0.english.contains(english) } }
    }

    /// Answers that contradict what is trained: they get worse as that is learned by heart.
    static let contradictions = (0..<4).map {
        Record.completion(prompt: "What is \($0)? ->", completion: " A dog, \($0).\n")
    }

    static func records(_ count: Int) -> [Record] {
        (0..<count).map {
            .completion(prompt: "What is \($0)? ->", completion: " The fox number \($0 * 7).\n")
        }
    }

    func plan(
        records: Int = 10, validation: [Record] = [], _ settle: (inout Hyperparameters) -> Void = { _ in }
    ) -> TrainingPlan {
        let request = HyperparameterRequest {
            ($0.epochs, $0.batchSize, $0.learningRate, $0.loraRank, $0.seed) = (2, 3, 1e-2, 4, 5)
        }
        var hyperparameters = Hyperparameters(request, examples: records)
        settle(&hyperparameters)
        return TrainingPlan(
            modelPath: Fixture.path("tiny_tied.gguf"), modelName: "tiny", training: Self.records(records),
            validation: validation, hyperparameters: hyperparameters, folder: folder, threads: 2)
    }

    /// Runs to the end, or until `stop` is asked for after so many steps of this process.
    func run(_ plan: TrainingPlan, _ stop: TrainingStop = .pause, after limit: Int = .max) throws -> Story {
        var story = Story()
        var run = TrainingRun(plan: plan)
        run.rhythm = rhythm
        story.end = try run.run(
            shouldStop: { story.steps.count >= limit ? stop : nil }, report: { story.absorb($0) })
        return story
    }

    /// Makes so many steps and is gone without a word: whatever lies in the folder then is what a kill leaves.
    func killed(_ plan: TrainingPlan, after steps: Int) throws {
        let session = try TrainingSession(plan, rhythm: rhythm)
        for step in 1...steps where !session.isOver {
            _ = try session.makeStep()
            session.answerSamplesIfDue()
            if step < steps { try session.writeCheckpointIfDue() }
        }
    }

    func data(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(folder)/\(name)")) }
    func adapter(_ name: String = "adapter") throws -> Data { try data("\(name)/adapter_model.safetensors") }

    /// Names in the folder of checkpoints.
    func checkpoints() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/checkpoints").sorted()
    }

    /// Turns over one bit near the end of a checkpoint's file.
    func damage(_ name: String) throws {
        var bytes = try data("checkpoints/\(name)")
        bytes[bytes.count - 5] ^= 1
        try bytes.write(to: URL(filePath: "\(folder)/checkpoints/\(name)"))
    }
}
