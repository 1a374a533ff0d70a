import ArgumentParser
import Foundation
import TuneCanvas
import TuneModel
import TuneViews

struct BenchCharts: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "charts",
            abstract: told("Seconds that a chart of many points takes to draw.", "绘制大量数据点的图表所需的时间。"))
    }

    @Option(help: help("Points of the curve.", "曲线的点数。", name: "n"))
    var points = 1_000_000
    @Option(help: help("Frames to draw: the whole curve and windows of it.", "绘制的帧数：整条曲线及其局部。", name: "n"))
    var frames = 50
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if points < 2 || frames < 1 {
            throw usage("--points has to be at least 2, and --frames 1.", "--points 至少为 2，--frames 至少为 1。")
        }
    }

    func run() throws {
        let times = ChartBenchmark.frames(points: points, size: Size(width: 160, height: 48), count: frames)
        let (median, slowest) = (times[times.count / 2] * 1_000, (times.last ?? 0) * 1_000)
        if common.json {
            return common.console.print(
                .object([
                    ("points", JSONOutput(points)), ("frames", JSONOutput(times.count)), ("median_ms", .number(median)),
                    ("slowest_ms", .number(slowest)),
                ]))
        }
        common.console.table([
            [told("points", "点数"), points.grouped], [told("frames", "帧数"), "\(times.count)"],
            [told("median", "中位数"), String(format: "%.2f ms", median)],
            [told("slowest", "最慢"), String(format: "%.2f ms", slowest)],
        ])
    }
}
