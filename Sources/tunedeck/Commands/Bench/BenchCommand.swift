public import ArgumentParser
import Foundation
import TuneModel
import TuneStore
public import TuneTrainer

/// This machine's figures.
struct BenchCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bench", abstract: told("Measure this machine.", "测量本机性能。"),
            subcommands: [
                BenchTrain.self, BenchPrefill.self, BenchDecode.self, BenchStreams.self, BenchData.self,
                BenchCharts.self,
            ])
    }
}

extension TrainingArithmetic: ExpressibleByArgument {}

/// What the measurements share.
struct BenchOptions: ParsableArguments {
    @Option(name: [.customShort("m"), .customLong("model")], help: help("The base model.", "基础模型。", name: "model"))
    var model = "smollm2-135m"
    @Option(help: help("Threads to use; all cores by default.", "使用的线程数，默认全部核心。", name: "n"))
    var threads = ProcessInfo.processInfo.activeProcessorCount
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if threads < 1 { throw usage("--threads has to be at least 1.", "--threads 至少为 1。") }
    }

    func weightsPath() async throws -> String { try await Desk().shelf.find(model).weightsPath }

    /// Prints figures as JSON or as a table of names and numbers.
    func show(_ figures: some Encodable, _ rows: [(Wording, String)]) throws {
        let console = common.console
        guard !common.json else {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return Swift.print(String(decoding: try encoder.encode(figures), as: UTF8.self))
        }
        console.table(rows.map { [$0[console.language], $1] })
    }
}

struct BenchTrain: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "train",
            abstract: told("Tokens a second while training, and peak memory.", "训练时每秒处理的词元数与内存峰值。"))
    }

    @Option(
        name: [.customShort("d"), .customLong("data")],
        help: help("Records to train on; the sample by default.", "用来训练的记录，默认使用示例数据。", name: "file"))
    var data: String?
    @Option(help: help("Updates to make; the first two are not counted.", "更新次数，前两次不计。", name: "n"))
    var steps = 8
    @Option(help: help("Records are cut to so many tokens.", "每条记录截断到多少词元。", name: "n"))
    var longest = 512
    @Option(help: help("`all` linear layers, or `qv` only.", "`all`：所有线性层；`qv`：仅 q 与 v。", name: "all|qv"))
    var targets: Targets = .all
    @Option(
        help: help(
            "Products with the frozen weights: `int8` or `f32`; the faster by default.",
            "与冻结权重相乘的方式：`int8` 或 `f32`，默认取较快者。", name: "f32|int8"))
    var arithmetic = TrainingArithmetic.fastest
    @OptionGroup var settings: HyperparameterOptions
    @OptionGroup var options: BenchOptions

    enum Targets: String, ExpressibleByArgument { case all, qv }

    func validate() throws {
        if steps < 3 { throw usage("--steps has to be at least 3.", "--steps 至少为 3。") }
        if longest < 2 { throw usage("--longest has to be at least 2.", "--longest 至少为 2。") }
    }

    func run() async throws {
        let console = options.common.console
        let path = try await options.weightsPath()
        let file = try data ?? SampleData.all()[0].path
        let records = try TrainingRecords(path: file).records
        var request = settings.request
        request.batchSize = request.batchSize ?? 8
        if targets == .qv { request.loraTargets = [.q, .v] }
        let hyperparameters = Hyperparameters(request, examples: records.count)
        let (steps, longest, threads, arithmetic) = (steps, longest, options.threads, arithmetic)
        let figures = try await Lane.run("bench") {
            try TrainingBenchmark.run(
                modelPath: path, records: records, hyperparameters: hyperparameters, steps: steps, longest: longest,
                threads: threads, arithmetic: arithmetic
            ) { done in
                guard console.isNarrationLive else { return }
                console.rewrite(Wording("Step \(done) of \(steps)", "第 \(done) / \(steps) 步")[console.language])
            }
        }
        if console.isNarrationLive { console.clearLine() }
        try options.show(
            figures,
            [
                (Wording("tokens/s", "词元/秒"), String(format: "%.1f", figures.tokensPerSecond)),
                (Wording("peak memory", "内存峰值"), String(format: "%.0f MB", figures.peakMemoryMB)),
                (
                    Wording("matrix products", "矩阵乘法"),
                    String(
                        format: "%.0f of %.0f GOP/s (%.0f %%)", figures.productGOPs, figures.machineGOPs,
                        100 * figures.machineShare)
                ),
                (Wording("last loss", "最后损失"), String(format: "%.4f", figures.losses.last ?? .nan)),
            ])
    }
}
