import Foundation

extension ChartSheet {
    /// The chart in words, for those who do not see it and for logs: a heading, then for each curve where it begins and
    /// ends, how far it reaches, where it goes, and what stands out. One line each, without colours or drawing.
    public var description: String {
        var lines = [title, axisLine]
        if curves.isEmpty { lines.append(say("There is nothing to draw yet.", "还没有可绘制的内容。")) }
        for curve in curves {
            let name = hasManyRuns ? "\(curve.run), \(curve.measure.name[language])" : curve.measure.name[language]
            let series = shown(curve)
            guard let summary = CurveSummary(series) else {
                lines.append(say("\(name): no value is a number.", "\(name)：没有有效数值。"))
                continue
            }
            lines.append(name + say(": ", "：") + sentence(summary, smoothed: curve.smoothed?.last))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The part of a curve that is within the window.
    private func shown(_ curve: Curve) -> Series {
        guard let window else { return curve.series }
        var series = Series()
        for point in curve.series.points where window.contains(curve.course.position(of: point.step, in: unit)) {
            series.append(point.value, at: point.step)
        }
        return series
    }

    // MARK: -

    private func say(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

    private var axisLine: String {
        let spans = curves.compactMap { $0.course.span(in: unit) }
        let whole = spans.map(\.lowerBound).min().flatMap { low in spans.map(\.upperBound).max().map { low...$0 } }
        guard let range = window ?? whole else {
            return say("x axis: \(unit.name[language])", "横轴：\(unit.name[language])")
        }
        let scale = isLogarithmic ? say("; y axis logarithmic", "；纵轴为对数") : ""
        if unit == .time {
            let (low, high) = (Int(range.lowerBound.rounded()).grouped, Int(range.upperBound.rounded()).grouped)
            return say("x axis: time, \(low) to \(high) seconds", "横轴：用时 \(low) 至 \(high) 秒") + scale
        }
        let (low, high) = (Int(range.lowerBound.rounded()).grouped, Int(range.upperBound.rounded()).grouped)
        let name = unit.name[language]
        return say("x axis: \(name), \(low) to \(high)", "横轴：\(name)，\(low) 至 \(high)") + scale
    }

    private func sentence(_ summary: CurveSummary, smoothed: Double?) -> String {
        let (count, from, to) = (summary.count.grouped, summary.first.step.grouped, summary.last.step.grouped)
        let noun = summary.count == 1 ? "point" : "points"
        var parts = [
            say("\(count) \(noun) from step \(from) to step \(to)", "\(count) 个点，第 \(from) 步至第 \(to) 步"),
            say(
                "begins at \(Self.figure(summary.first.value)), ends at \(Self.figure(summary.last.value))",
                "起点 \(Self.figure(summary.first.value))，终点 \(Self.figure(summary.last.value))"),
            extreme(say("lowest", "最低"), summary.lowest), extreme(say("highest", "最高"), summary.highest),
        ]
        if let smoothed, smoothed.isFinite {
            parts.append(say("smoothed, it ends at \(Self.figure(smoothed))", "平滑后终点 \(Self.figure(smoothed))"))
        }
        switch summary.trend {
        case .falling: parts.append(say("falling at the end", "末段下降"))
        case .rising: parts.append(say("rising at the end", "末段上升"))
        case .level: parts.append(say("level at the end", "末段持平"))
        case nil: break
        }
        if summary.gaps > 0 {
            let gaps = summary.gaps.grouped
            parts.append(say("\(gaps) missing", "缺失 \(gaps) 个"))
        }
        if !summary.spikes.isEmpty {
            let count = summary.spikes.count
            let shown = summary.spikes.prefix(Self.mostSpikes).map {
                say(
                    "\(Self.figure($0.value)) at step \($0.step.grouped)",
                    "第 \($0.step.grouped) 步 \(Self.figure($0.value))")
            }
            let more = count > shown.count ? say(" and \(count - shown.count) more", "等") : ""
            parts.append(
                say("\(count) \(count == 1 ? "spike" : "spikes"): ", "\(count) 个尖峰：")
                    + shown.joined(separator: say(", ", "、")) + more)
        }
        return parts.joined(separator: say("; ", "；")) + say(".", "。")
    }

    private static let mostSpikes = 5

    private func extreme(_ word: String, _ point: Series.Point) -> String {
        say(
            "\(word) \(Self.figure(point.value)) at step \(point.step.grouped)",
            "\(word) \(Self.figure(point.value))（第 \(point.step.grouped) 步）")
    }

    /// Four digits or so: `2.314`, `1.25e-4`, `12,345`.
    static func figure(_ value: Double) -> String {
        if value == 0 { return "0" }
        let power = Int(floor(log10(abs(value))))
        if power < -3 || power > 8 { return String(format: "%.2e", value) }
        return power >= 3 ? Int(value.rounded()).grouped : String(format: "%.\(3 - power)f", value)
    }
}
