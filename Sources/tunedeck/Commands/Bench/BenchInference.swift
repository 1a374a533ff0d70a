public import ArgumentParser
import Foundation
import TuneModel
import TuneTrainer

struct BenchPrefill: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "prefill", abstract: told("Tokens a second while reading a prompt.", "读取提示时每秒处理的词元数。"))
    }

    @Option(help: help("Tokens in the prompt.", "提示的词元数。", name: "n")) var tokens = 512
    @OptionGroup var options: BenchOptions

    func run() async throws { try await options.measure(tokens) { $0.prefill($1) } }
}

struct BenchDecode: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "decode",
            abstract: told(
                "Tokens a second while answering, and the share of what reading the weights allows.",
                "回答时每秒生成的词元数，以及占内存带宽上限的比例。"))
    }

    @Option(help: help("Tokens in the answer.", "回答的词元数。", name: "n")) var tokens = 128
    @OptionGroup var options: BenchOptions

    func run() async throws { try await options.measure(tokens) { $0.decode($1) } }
}

struct BenchStreams: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "streams",
            abstract: told("Tokens a second of one answer, and of many at once.", "单个回答与多个并发回答每秒生成的词元数。"))
    }

    @Option(help: help("Answers at once.", "并发的回答数。", name: "n")) var streams = 8
    @Option(help: help("Tokens in each answer.", "每个回答的词元数。", name: "n")) var tokens = 128
    @OptionGroup var options: BenchOptions

    func validate() throws {
        if !(1...256).contains(streams) {
            throw usage("--streams has to be from 1 to 256.", "--streams 须在 1 到 256 之间。")
        }
        if tokens < 1 { throw usage("--tokens has to be at least 1.", "--tokens 至少为 1。") }
    }

    func run() async throws {
        let figures = try await InferenceBenchmark.streams(
            streams, tokens: tokens, modelPath: options.weightsPath(), threads: options.threads)
        try options.show(
            figures,
            [
                (Wording("one answer", "单个回答"), String(format: "%.1f tok/s", figures.alone)),
                (
                    Wording("\(figures.streams) answers at once", "\(figures.streams) 个并发回答"),
                    String(format: "%.1f tok/s", figures.together)
                ),
                (Wording("ratio", "倍数"), String(format: "%.2f", figures.ratio)),
                (Wording("peak memory", "内存峰值"), String(format: "%.0f MB", figures.peakMemoryMB)),
            ])
    }
}

extension BenchOptions {
    fileprivate func measure(
        _ tokens: Int, _ work: @escaping @Sendable (InferenceBenchmark, Int) -> InferenceBenchmark.Figures
    ) async throws {
        guard tokens > 0 else { throw usage("--tokens has to be at least 1.", "--tokens 至少为 1。") }
        let (path, threads) = (try await weightsPath(), threads)
        let figures = try await Lane.run("bench") {
            work(try InferenceBenchmark(modelPath: path, threads: threads), tokens)
        }
        var rows = [
            (Wording("tokens/s", "词元/秒"), String(format: "%.1f", figures.tokensPerSecond)),
            (Wording("peak memory", "内存峰值"), String(format: "%.0f MB", figures.peakMemoryMB)),
        ]
        if let bytes = figures.bytesPerToken, let bandwidth = figures.bandwidthGBs, let share = figures.limitShare {
            rows += [
                (Wording("read per token", "每词元读取"), String(format: "%.1f MB", Double(bytes) / 1e6)),
                (
                    Wording("memory bandwidth", "内存带宽"),
                    String(format: "%.1f GB/s (%.0f %%)", bandwidth, 100 * share)
                ),
            ]
        }
        try show(figures, rows)
    }
}
