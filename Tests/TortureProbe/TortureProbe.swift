import Foundation
import TuneModel

@testable import TuneTrainer

/// Trains a tiny adapter in a folder and prints every step to the bit; a program of its own, so that tests can kill it.
///
/// `TortureProbe MODEL FOLDER THREADS STEPS [validate] [random]`
@main enum TortureProbe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 4, let threads = Int(arguments[3]), let steps = Int(arguments[4]) else {
            say("TortureProbe MODEL FOLDER THREADS STEPS [validate] [random]", to: 2)
            exit(2)
        }
        let request = HyperparameterRequest {
            ($0.epochs, $0.batchSize, $0.maxSteps) = (1_000, 3, steps)
            ($0.learningRate, $0.loraRank, $0.loraTargets, $0.seed) = (1e-2, 4, [.q, .down], 11)
            // Whatever draws random numbers has to draw the same ones again after a kill.
            if arguments.contains("random") { ($0.loraDropout, $0.noise, $0.accumulation) = (0.1, 5, 2) }
        }
        let records = records(14)
        let plan = TrainingPlan(
            modelPath: arguments[1], modelName: "tiny", training: records,
            validation: arguments.contains("validate") ? Array(records.suffix(3)) : [],
            hyperparameters: Hyperparameters(request, examples: records.count), folder: arguments[2], threads: threads)
        do throws(TrainerError) {
            var run = TrainingRun(plan: plan)
            // At steps that tests can name, whatever it costs.
            run.rhythm = CheckpointRhythm(steps: 10, share: .infinity)
            _ = try run.run(shouldStop: { nil }, report: report)
        } catch {
            say(error.explanation.text(in: .english), to: 2)
            exit(error.exitStatus.rawValue)
        }
    }

    /// Texts of several lengths, so that batches differ and the order matters.
    private static func records(_ count: Int) -> [Record] {
        (0..<count).map { index in
            .completion(
                prompt: "What is \(index)? ->",
                completion: String(repeating: " The fox number \(index * 7).", count: 1 + index % 3) + "\n")
        }
    }

    private static func report(_ news: TrainingNews) {
        guard case .step(let metrics) = news else { return }
        let numbers = [
            metrics.trainingLoss, metrics.gradientNorm, metrics.learningRate, metrics.validationLoss,
        ].map { String(($0 ?? 0).bitPattern, radix: 16) }
        say("\(metrics.step) \(metrics.elapsedTokens ?? 0) \(numbers.joined(separator: " "))", to: 1)
    }

    /// Writes a line at once: what a buffer held would be lost with the process.
    private static func say(_ line: String, to file: Int32) {
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
}
