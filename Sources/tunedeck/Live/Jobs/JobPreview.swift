import Foundation
import TuneModel
import TuneStore
import TuneTrainer

/// Everything that will happen in a job, known before it starts.
struct JobPreview {
    let lines: [Wording]

    /// Reads the files and finds the model.
    ///
    /// - Throws: what is wrong with them, with file and line.
    init(of request: JobRequest, on desk: Desk) async throws {
        let model = try await desk.shelf.find(request.model)
        let training = try await TrainingRecords(file: request.trainingFile, on: desk)
        let validation: TrainingRecords? =
            if let file = request.validationFile { try await TrainingRecords(file: file, on: desk) } else { nil }
        let examples = training.records.count
        let settings = Hyperparameters(request.hyperparameters.fitting(training.shape), examples: examples)
        let steps = settings.totalSteps(examples: examples)

        var rows: [(Wording, Wording)] = [
            (Wording("Base model", "基础模型"), Wording(verbatim: model.name)),
            (
                Wording("Training", "训练"),
                Wording(
                    "\(request.trainingFile), \(Self.count(examples))",
                    "\(request.trainingFile)，\(examples.grouped) 个样本")
            ),
        ]
        if let file = request.validationFile, let count = validation?.records.count {
            rows.append(
                (Wording("Validation", "验证"), Wording("\(file), \(Self.count(count))", "\(file)，\(count.grouped) 个样本")))
        }
        rows.append((Wording("Steps", "步数"), Self.steps(steps, settings)))
        rows += JobSheet.rows(settings).compactMap { name, value in
            value.map { (name.capitalized, Wording(verbatim: $0)) }
        }
        let estimate = try await JobEstimate.make(request, on: desk)
        rows.append(
            (
                Wording("Trained tokens", "训练词元"),
                Wording(verbatim: estimate.trainedTokens.grouped)
            ))
        rows.append((Wording("Takes", "预计"), Self.cost(estimate)))
        rows.append((Wording("Runs", "运行"), Wording("on this machine, in the background", "在本机后台")))
        lines = rows.map { name, value in
            Wording(
                (name.english + ":").padding(toLength: 20, withPad: " ", startingAt: 0) + value.english,
                name.chinese + "：" + value.chinese)
        }
    }

    private static func count(_ examples: Int) -> String {
        "\(examples.grouped) \(examples == 1 ? "example" : "examples")"
    }

    private static func cost(_ estimate: TrainingEstimate) -> Wording {
        let time = StepLine.clock(estimate.seconds)
        let (memory, disk) = (Int(estimate.memoryMB.rounded()), Int(estimate.diskMB.rounded()))
        return Wording(
            "≈ \(time), ≈ \(memory) MB of memory, ≈ \(disk) MB on disk", "约 \(time)，内存约 \(memory) MB，磁盘约 \(disk) MB")
    }

    private static func steps(_ steps: Int, _ settings: Hyperparameters) -> Wording {
        Wording(
            "\(steps.grouped), each of \(count(settings.batchSize))", "\(steps.grouped) 步，每步 \(settings.batchSize) 个样本")
    }
}

extension Wording {
    fileprivate var capitalized: Wording { Wording(english.prefix(1).uppercased() + english.dropFirst(), chinese) }
}
