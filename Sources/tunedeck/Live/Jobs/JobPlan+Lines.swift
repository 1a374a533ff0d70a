import Foundation
import TuneModel
import TuneTrainer

extension JobPlan {
    /// What a person is told before it starts.
    var lines: [Wording] {
        let first = entries[0]
        var rows: [(Wording, Wording)] = [
            (Wording("Base model", "基础模型"), Wording(verbatim: model)),
            (Wording("Training", "训练"), Self.file(first.request.trainingFile, first.records.training.records.count)),
        ]
        if let count = first.records.validation?.count {
            let held = Wording("held out of the training file", "取自训练文件")
            rows.append((Wording("Validation", "验证"), Self.file(first.request.validationFile, count, held)))
        }
        rows += entries.count == 1 ? single(first) : sweep
        rows.append((Wording("Runs", "运行"), Wording("on this machine, in the background", "在本机后台")))
        return rows.map { name, value in
            Wording(
                (name.english + ":").padding(toLength: 20, withPad: " ", startingAt: 0) + value.english,
                name.chinese + "：" + value.chinese)
        }
    }

    // MARK: - Private

    private func single(_ entry: Entry) -> [(Wording, Wording)] {
        let settings = entry.records.settings
        var rows = [(Wording("Steps", "步数"), Self.steps(entry.estimate.steps, settings))]
        rows += JobSheet.rows(settings).compactMap { name, value in
            value.map { (name.capitalized, Wording(verbatim: $0)) }
        }
        rows.append(
            (Wording("Trained tokens", "训练词元"), Wording(verbatim: entry.estimate.trainedTokens.grouped)))
        rows.append((Wording("Takes", "预计"), Self.cost(entry.estimate, seconds: entry.estimate.seconds)))
        return rows
    }

    /// A line for each job, with what is its own, and what all take together.
    private var sweep: [(Wording, Wording)] {
        let names = SettingName.allCases.filter { name in
            Set(entries.map { name.text(in: $0.request.hyperparameters) }).count > 1
        }
        var rows = entries.enumerated().map { index, entry in
            let own = names.compactMap { name in
                name.text(in: entry.request.hyperparameters).map { "\(name.rawValue)=\($0)" }
            }
            return (
                Wording("Job \(index + 1)", "任务 \(index + 1)"),
                Wording(
                    "\(own.joined(separator: " ")), \(entry.estimate.steps.grouped) steps, "
                        + "≈ \(StepLine.clock(entry.estimate.seconds))",
                    "\(own.joined(separator: " "))，\(entry.estimate.steps.grouped) 步，"
                        + "约 \(StepLine.clock(entry.estimate.seconds))")
            )
        }
        let seconds = entries.reduce(0) { $0 + $1.estimate.seconds }
        let largest = entries.max { $0.estimate.memoryMB < $1.estimate.memoryMB } ?? entries[0]
        rows.append(
            (Wording("Take together", "合计"), Self.cost(largest.estimate, seconds: seconds, jobs: entries.count)))
        return rows
    }

    private static func file(_ name: String?, _ count: Int, _ otherwise: Wording = Wording("", "")) -> Wording {
        let name = name.map { Wording(verbatim: $0) } ?? otherwise
        return Wording(
            "\(name.english), \(examples(count))", "\(name.chinese)，\(count.grouped) 个样本")
    }

    private static func examples(_ count: Int) -> String {
        "\(count.grouped) \(count == 1 ? "example" : "examples")"
    }

    private static func cost(_ estimate: TrainingEstimate, seconds: Double, jobs: Int = 1) -> Wording {
        let time = StepLine.clock(seconds)
        let (memory, disk) = (Int(estimate.memoryMB.rounded()), Int((estimate.diskMB * Double(jobs)).rounded()))
        return Wording(
            "≈ \(time), ≈ \(memory) MB of memory, ≈ \(disk) MB on disk", "约 \(time)，内存约 \(memory) MB，磁盘约 \(disk) MB")
    }

    private static func steps(_ steps: Int, _ settings: Hyperparameters) -> Wording {
        let each = settings.examplesPerStep
        return Wording("\(steps.grouped), each of \(examples(each))", "\(steps.grouped) 步，每步 \(each) 个样本")
    }
}

extension Wording {
    fileprivate var capitalized: Wording { Wording(english.prefix(1).uppercased() + english.dropFirst(), chinese) }
}
