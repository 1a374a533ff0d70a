import Foundation

/// The charts of a report, drawn as SVG.
extension HTMLReport {
    /// For each measure a bar of each model, with a whisker over the interval.
    var charts: String {
        guard summary.rows.count > 1 || summary.measures.count > 1 else { return "" }
        return "<div class=\"charts\">\n" + summary.measures.map(chart).joined(separator: "\n") + "\n</div>\n"
    }

    private func chart(_ measure: Measure) -> String {
        let figures = summary.rows.map { $0.figures[measure] }
        let uppers = figures.compactMap { $0.map { max($0.value, $0.interval?.upper ?? 0) } }.filter(\.isFinite)
        // Small shares would be slivers of a whole; the axis ends at a round number above the largest.
        let most = Self.roundUp(uppers.max() ?? 1, at: measure.most)
        let (width, row, top) = (240.0, 22.0, 24.0)
        let height = top + row * Double(figures.count) + 16
        var parts = ["<text class=\"name\" x=\"0\" y=\"13\">\(ReportText.html(digest.say(measure.title)))</text>"]
        for (index, figure) in figures.enumerated() {
            guard let figure, figure.value.isFinite, most > 0 else { continue }
            let y = top + row * Double(index)
            let length = max(0, figure.value / most * width)
            parts.append(
                "<rect class=\"bar m\(index % 6)\" x=\"0\" y=\"\(Self.number(y + 3))\" width=\"\(Self.number(length))\" height=\"14\" rx=\"2\"/>"
            )
            if let interval = figure.interval, interval.lower.isFinite, interval.upper.isFinite {
                let (low, high) = (interval.lower / most * width, interval.upper / most * width)
                let middle = Self.number(y + 10)
                parts.append(
                    "<path class=\"whisker\" d=\"M\(Self.number(low)) \(middle)H\(Self.number(high))M\(Self.number(low)) \(Self.number(y + 6))v8M\(Self.number(high)) \(Self.number(y + 6))v8\"/>"
                )
            }
            parts.append(
                "<text class=\"figure\" x=\"\(Self.number(width + 8))\" y=\"\(Self.number(y + 14))\">\(measure.text(figure.value))</text>"
            )
        }
        let end = Self.number(height - 4)
        parts.append("<text class=\"axis\" x=\"0\" y=\"\(end)\">0</text>")
        parts.append(
            "<text class=\"axis\" x=\"\(Self.number(width))\" y=\"\(end)\" text-anchor=\"end\">\(measure.text(most))</text>"
        )
        let label = ReportText.html(digest.say(measure.title))
        return """
            <svg role="img" aria-label="\(label)" viewBox="0 0 316 \(Self.number(height))" width="316">\(parts.joined())</svg>
            """
    }

    /// The expected class by row, the answered one by column, each row shaded by its share.
    func heatMap(_ classes: ClassificationReport) -> String {
        let names = classes.rows.map(\.label)
        let columns = names + [digest.say("none", "无")]
        // A class that nothing was taken for says nothing by its column.
        let hasStrays = classes.matrix.contains { ($0.last ?? 0) > 0 }
        let shown = hasStrays ? columns.count : columns.count - 1
        let cell = shown > 20 ? 22.0 : 44.0
        let longest = columns.map(Self.columns).max() ?? 1
        let left = Double(min(longest, 18)) * 7.5 + 14
        let width = left + cell * Double(shown) + 4
        let height = left + cell * Double(names.count) + 4
        var parts: [String] = []
        for (column, name) in columns.prefix(shown).enumerated() {
            let x = Self.number(left + cell * (Double(column) + 0.5) + 4)
            let y = Self.number(left - 8)
            parts.append(
                "<text class=\"label\" transform=\"translate(\(x) \(y)) rotate(-90)\">\(Self.short(name))</text>")
        }
        for (row, counts) in classes.matrix.enumerated() {
            let y = left + cell * Double(row)
            let whole = max(1, counts.reduce(0, +))
            parts.append(
                "<text class=\"label\" x=\"\(Self.number(left - 8))\" y=\"\(Self.number(y + cell / 2 + 4))\" text-anchor=\"end\">\(Self.short(names[row]))</text>"
            )
            for (column, count) in counts.prefix(shown).enumerated() {
                let x = left + cell * Double(column)
                let share = Double(count) / Double(whole)
                let kind = column == row ? "hit" : "miss"
                parts.append(
                    "<rect class=\"\(kind)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(cell - 2))\" height=\"\(Self.number(cell - 2))\" rx=\"3\" fill-opacity=\"\(Self.number(0.06 + 0.84 * share))\"/>"
                )
                guard count > 0 else { continue }
                let ink = share > 0.55 ? "count strong" : "count"
                parts.append(
                    "<text class=\"\(ink)\" x=\"\(Self.number(x + cell / 2 - 1))\" y=\"\(Self.number(y + cell / 2 + 4))\">\(count)</text>"
                )
            }
        }
        let label = digest.say("confusion matrix", "混淆矩阵")
        return """
            <figure><svg role="img" aria-label="\(label)" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
            width="\(Self.number(width))">\(parts.joined())</svg>
            <figcaption>\(digest.say("expected by row, answered by column", "行为期望类别，列为回答的类别"))</figcaption></figure>
            """
    }

    /// How the losses of records are spread, one curve of steps for each model.
    var distribution: String {
        let losses = report.models.map { $0.outcomes.compactMap(\.loss?.loss).filter(\.isFinite) }
        guard losses.contains(where: { $0.count > 4 }), let most = losses.joined().max(), most > 0 else { return "" }
        // A few records that no model can say would flatten all the others.
        let sorted = losses.joined().sorted()
        let end = min(most, 1.2 * sorted[Int(Double(sorted.count - 1) * 0.98)])
        guard end > 0 else { return "" }
        let bins = 24
        let counts = losses.map { values -> [Double] in
            var counts = [Double](repeating: 0, count: bins)
            for value in values { counts[min(bins - 1, Int(value / end * Double(bins)))] += 1 }
            return counts.map { $0 / Double(max(1, values.count)) }
        }
        let highest = counts.joined().max() ?? 1
        let (width, height) = (640.0, 140.0)
        var parts: [String] = []
        for (model, shares) in counts.enumerated() where losses[model].count > 4 {
            var path = "M0 \(Self.number(height))"
            for (bin, share) in shares.enumerated() {
                path += "V\(Self.number(height - share / highest * (height - 10)))"
                path += "H\(Self.number(Double(bin + 1) / Double(bins) * width))"
            }
            parts.append("<path class=\"curve m\(model % 6)\" d=\"\(path)V\(Self.number(height))Z\"/>")
        }
        for step in 0...4 {
            let x = width * Double(step) / 4
            let anchor = step == 0 ? "start" : step == 4 ? "end" : "middle"
            let value = Measure.loss.text(end * Double(step) / 4) + (step == 4 && end < most ? "+" : "")
            parts.append(
                "<text class=\"axis\" x=\"\(Self.number(x))\" y=\"\(Self.number(height + 16))\" text-anchor=\"\(anchor)\">\(value)</text>"
            )
        }
        let label = digest.say("share of records by loss", "各损失区间的记录比例")
        let svg =
            "<svg role=\"img\" aria-label=\"\(label)\" viewBox=\"0 0 640 160\" width=\"640\">\(parts.joined())</svg>"
        let names = report.models.enumerated().map { index, model in
            "<span><span class=\"dot m\(index % 6)\"></span>\(ReportText.html(model.model))</span>"
        }
        return section(
            digest.say("Losses of the records", "各记录的损失"),
            svg + "\n<p class=\"legend\">\(names.joined(separator: " "))</p>")
    }

    // MARK: -

    /// 1, 2, 2.5 or 5 of a power of ten that is not below the value, and no more than the measure has.
    private static func roundUp(_ value: Double, at most: Double?) -> Double {
        guard value > 0 else { return most ?? 1 }
        let power = pow(10, floor(log10(value)))
        let round = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= value * 0.999_999 } ?? value
        return min(round, most ?? round)
    }

    private static func number(_ value: Double) -> String {
        let scaled = (value * 100).rounded() / 100
        return scaled == scaled.rounded() ? "\(Int(scaled))" : "\(scaled)"
    }

    /// About how wide a text is, in letters.
    private static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.standsAlone ? 2 : 1) }
    }

    private static func short(_ text: String) -> String {
        var text = text
        var isCut = false
        while columns(text) > 18 {
            text.removeLast()
            isCut = true
        }
        return ReportText.html(isCut ? text + "…" : text)
    }
}
