public import ArgumentParser
import Foundation
import TuneData
import TuneModel

struct BenchData: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "data",
            abstract: told(
                "Rows and bytes a second while opening, searching, checking, preparing and saving a file.",
                "打开、查找、检查、准备和保存数据时每秒处理的行数与字节数。"),
            discussion: told(
                "Without a file, the sample is written again and again into a temporary folder. A given file is never changed.",
                "不指定文件时，会在临时文件夹中反复写入示例数据；指定的文件不会被改动。"))
    }

    @Option(help: help("Rows to make.", "生成的行数。", name: "n")) var rows = 100_000
    @Option(help: help("Measure on this file.", "用此文件测量。", name: "file")) var file: String?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if rows < 1 { throw usage("--rows has to be at least 1.", "--rows 至少为 1。") }
    }

    func run() async throws {
        let console = common.console
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tunedeck-bench-\(UUID().uuidString)"
        )
        .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sample = try SampleData.all()[0].path
        let gauge = Gauge(title: Wording("Measuring", "正在测量"), console: console)
        let (rows, file) = (rows, file)
        let figures = try await interruptible {
            let path = file ?? folder + "/data.jsonl"
            if file == nil {
                let work = DataWork(report: { gauge.show($0 * 0.3) })
                try BenchmarkRows.write(rows, of: sample, to: path, work: work)
            }
            let work = DataWork(report: { gauge.show(file == nil ? 0.3 + $0 * 0.7 : $0) })
            return try DataBenchmark.run(on: path, in: folder, work: work)
        }
        if console.isNarrationLive { console.clearLine() }
        if common.json { return console.print(json(figures)) }
        show(figures, console)
    }

    private func show(_ figures: DataBenchmark.Figures, _ console: Console) {
        let heading = [
            Wording("step", "步骤"), Wording("time", "用时"), Wording("rows/s", "行/秒"), Wording(verbatim: "MB/s"),
        ].map { $0[console.language] }
        let rows = figures.steps.map { figure in
            [
                figure.step.name[console.language], String(format: "%.4f s", figure.seconds),
                Int(figure.rowsPerSecond).grouped, Int(figure.megabytesPerSecond).grouped,
            ]
        }
        console.table([heading] + rows)
        let size = String(format: "%.1f MB", Double(figures.bytes) / 1e6)
        console.print("")
        console.table([
            [Wording("file", "文件")[console.language], size],
            [Wording("rows", "行数")[console.language], figures.rows.grouped],
            [Wording("peak memory", "内存峰值")[console.language], String(format: "%.0f MB", figures.peakMemoryMB)],
        ])
    }

    private func json(_ figures: DataBenchmark.Figures) -> JSONOutput {
        .object(
            [
                ("rows", JSONOutput(figures.rows)), ("bytes", JSONOutput(figures.bytes)),
                ("peak_rss_mb", .number(figures.peakMemoryMB)),
            ]
                + figures.steps.map { figure in
                    (
                        figure.step.rawValue,
                        .object([
                            ("seconds", .number(figure.seconds)), ("rows_per_s", .number(figure.rowsPerSecond)),
                            ("mb_per_s", .number(figure.megabytesPerSecond)),
                        ])
                    )
                })
    }
}

extension DataBenchmark.Step {
    fileprivate var name: Wording {
        switch self {
        case .open: Wording("open (first rows)", "打开（首屏）")
        case .index: Wording("index", "建立索引")
        case .search: Wording("search", "查找")
        case .check: Wording("check", "检查")
        case .prepare: Wording("prepare", "准备")
        case .save: Wording("save", "保存")
        }
    }
}
