import Foundation

extension ChartFigure {
    /// The figure as an SVG document.
    public var svg: String {
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size.width) \(size.height)" role="img" \
            font-family="system-ui, 'Noto Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" \
            font-size="16">
            """,
            "<title>\(Self.escaped(title))</title>",
            ##"<rect width="100%" height="100%" fill="#ffffff"/>"##,
            ##"<text x="\##(Self.margin.left)" y="34" font-size="20" font-weight="600" fill="#111827">\##(Self.escaped(title))</text>"##,
        ]
        if let axes {
            parts += axisParts(axes)
            for line in lines.filter(\.isFaint) + lines.filter({ !$0.isFaint }) {
                parts += strokes(of: line, in: axes).map { path($0, line) }
            }
        }
        parts += legendParts
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    // MARK: -

    private func axisParts(_ axes: Axes) -> [String] {
        var parts: [String] = []
        for tick in axes.down {
            parts.append(
                ##"<path d="M\##(plot.x) \##(tick.y)H\##(plot.endX)" stroke="#e5e7eb"/>"##
                    + text(tick.label, x: plot.x - 10, y: tick.y + 5, anchor: "end"))
        }
        for tick in axes.across {
            parts.append(
                ##"<path d="M\##(tick.x) \##(plot.endY)v6" stroke="#6b7280"/>"##
                    + text(tick.label, x: tick.x, y: plot.endY + 24, anchor: "middle"))
        }
        parts.append(
            ##"<path d="M\##(plot.x) \##(plot.y)V\##(plot.endY)H\##(plot.endX)" fill="none" stroke="#6b7280"/>"##)
        parts.append(text(xLabel, x: plot.endX, y: plot.endY + 48, anchor: "end"))
        parts.append(text(yLabel, x: 24, y: plot.y - 14, anchor: "start"))
        return parts
    }

    private var legendParts: [String] {
        var parts: [String] = []
        var x = Double(plot.x)
        for line in lines where !line.isFaint && !line.name.isEmpty {
            let dashes = line.isDashed ? #" stroke-dasharray="6 4""# : ""
            parts.append(
                #"<path d="M\#(Int(x)) 57h28" stroke="\#(Self.hex(line.color))" stroke-width="3"\#(dashes)/>"#
                    + text(line.name, x: Int(x) + 36, y: 62, anchor: "start"))
            // Wide signs take twice the room of narrow ones.
            x += 64 + 9 * line.name.unicodeScalars.reduce(0.0) { $0 + ($1.value > 0x2e7f ? 2 : 1) }
        }
        return parts
    }

    private func path(_ points: [(x: Double, y: Double)], _ line: Line) -> String {
        let places = points.map { String(format: "%.1f %.1f", $0.x, $0.y) }
        // A single point has no length; round ends make it a dot.
        let d = "M" + (places.count == 1 ? places[0] + "h0" : places.joined(separator: "L"))
        let dashes = line.isDashed ? #" stroke-dasharray="6 4""# : ""
        let opacity = line.isFaint ? #" stroke-opacity="0.25""# : ""
        return #"<path d="\#(d)" fill="none" stroke="\#(Self.hex(line.color))" stroke-width="2" "#
            + #"stroke-linejoin="round" stroke-linecap="round"\#(dashes)\#(opacity)/>"#
    }

    private func text(_ text: String, x: Int, y: Int, anchor: String) -> String {
        guard !text.isEmpty else { return "" }
        return ##"<text x="\##(x)" y="\##(y)" text-anchor="\##(anchor)" fill="#374151">\##(Self.escaped(text))</text>"##
    }

    private static func hex(_ color: Int) -> String {
        let (red, green, blue) = colors[color % colors.count]
        return String(format: "#%02x%02x%02x", Int(red), Int(green), Int(blue))
    }

    /// Names may come from anywhere: no sign of theirs is markup, and none that XML forbids is kept.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case _
            where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
                || scalar.value >= 0xfffe
                    && scalar.value <= 0xffff:
                result += " "
            case _ where scalar.properties.generalCategory == .format: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
