/// Bars lying one below the other, each with its label and its number: how many there are of each.
public struct Bars: Drawable {
    public struct Bar: Hashable, Sendable {
        public var label: String
        public var value: Double
        /// The value as people read it.
        public var figure: String

        public init(_ label: String, _ value: Double, figure: String) {
            self.label = label
            self.value = value
            self.figure = figure
        }
    }

    public var bars: [Bar]
    /// What fills the whole room; nil for the largest value.
    public var most: Double?
    public var labelStyle: Style
    public var style: Style
    public var figureStyle: Style

    public init(
        _ bars: [Bar], most: Double? = nil, style: Style = .plain, labelStyle: Style = .plain,
        figureStyle: Style = .plain
    ) {
        self.bars = bars
        self.most = most
        self.style = style
        self.labelStyle = labelStyle
        self.figureStyle = figureStyle
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        let labels = bars.map { surface.measure.columns(of: $0.label) }.max() ?? 0
        let figures = bars.map { surface.measure.columns(of: $0.figure) }.max() ?? 0
        let most = most ?? bars.map(\.value).max() ?? 0
        let room = area.width - labels - figures - 3
        for (row, bar) in bars.prefix(area.height).enumerated() {
            let line = area.row(row)
            let label = Rect(x: line.x, y: line.y, width: min(labels, line.width), height: 1)
            surface.write(bar.label, in: label, style: labelStyle, alignment: .right)
            let place = line.inset(left: labels == 0 ? 0 : labels + 1)
            let length = most > 0 && room > 0 ? bar.value / most * Double(room) : 0
            let used = surface.write(Self.text(length, surface.glyphs), in: place, style: style, overflow: .cut)
            surface.write(bar.figure, in: place.inset(left: used + 1), style: figureStyle)
        }
    }

    // MARK: -

    private static let eighths = Array(" ▏▎▍▌▋▊▉")

    /// A bar of some columns; a value that is there is never drawn as nothing.
    private static func text(_ length: Double, _ glyphs: GlyphSet) -> String {
        guard length > 0 else { return "" }
        guard glyphs != .ascii else { return String(repeating: "#", count: max(1, Int(length.rounded()))) }
        let parts = max(1, Int((length * 8).rounded()))
        let full = String(repeating: "█", count: parts / 8)
        return parts % 8 == 0 ? full : full + String(eighths[parts % 8])
    }
}
