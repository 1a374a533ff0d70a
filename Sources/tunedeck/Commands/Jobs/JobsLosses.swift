import ArgumentParser
import Foundation
import TuneData
import TuneModel
import TuneStore

struct JobsLosses: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "losses",
            abstract: told("List the records that a job learned worst.", "列出任务学得最差的记录。"))
    }

    @OptionGroup var job: JobOption
    @Option(help: help("At most this many.", "最多列出的个数。", name: "n"))
    var worst: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let worst, worst < 1 { throw usage("--worst has to be at least 1.", "--worst 至少为 1。") }
    }

    func run() async throws {
        let console = common.console
        let jobs = try Desk().jobs
        let losses = try await jobs.recordLosses(of: job.id).losses
        // A loss that is not a number is the worst there is.
        let order = losses.sorted { a, b in
            a.loss.isNaN || b.loss.isNaN ? a.loss.isNaN && !b.loss.isNaN : a.loss > b.loss
        }
        let shown = order.prefix(worst ?? (common.json ? .max : 20))
        if common.json { return console.print(.list(of: shown.map(\.json), hasMore: shown.count < order.count)) }
        let dataset = try Dataset(opening: try await jobs.trainingCopy(of: job.id))
        let heading = [
            told("record", "记录"), told("loss", "损失"), told("right", "正确"), told("step", "步"), told("text", "文本"),
        ]
        console.table([heading] + (try shown.map { try row($0, dataset) }))
    }

    private func row(_ loss: RecordLoss, _ dataset: Dataset) throws -> [String] {
        let text = try dataset.row(at: loss.record).record?.excerpt ?? ""
        return [
            "\(loss.record + 1)", String(format: "%.4f", loss.loss), "\(loss.right)/\(loss.tokens)", "\(loss.step)",
            text,
        ]
    }
}

extension RecordLoss {
    var json: JSONOutput {
        .object([
            ("record", JSONOutput(record)), ("loss", .number(loss)), ("tokens", JSONOutput(tokens)),
            ("right", JSONOutput(right)), ("step", JSONOutput(step)),
        ])
    }
}

extension Record {
    /// What is asked, on one short line.
    fileprivate var excerpt: String {
        let text =
            switch self {
            case .completion(let prompt, let completion): prompt.isEmpty ? completion : prompt
            case .chat(let messages): messages.first { $0.role == "user" }?.content ?? ""
            case .preference(let input, _, _): input.last?.content ?? ""
            }
        return String(text.prefix(60).map { $0.isWhitespace ? " " : $0 })
    }
}
