/// A progress bar of one row, in steps of half a column.
public struct Gauge: Drawable {
    /// 0 to 1; nil when the amount is not known.
    public var value: Double?
    public var style: Style
    public var trackStyle: Style

    public init(_ value: Double?, style: Style = .plain, trackStyle: Style = Style(attributes: .dim)) {
        self.value = value
        self.style = style
        self.trackStyle = trackStyle
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        guard !area.isEmpty else { return }
        let row = area.row(0)
        let share = value.map { $0.isFinite ? min(1, max(0, $0)) : 0 } ?? 0
        // Full only when it is done, started as soon as it has begun.
        var halves = Int((share * Double(row.width * 2)).rounded(.down))
        if share > 0 { halves = max(1, halves) }
        let glyphs = surface.glyphs
        let full = halves / 2
        let bar =
            String(repeating: glyphs.gaugeFull, count: full)
            + (halves % 2 == 1 ? String(glyphs.gaugeHalf) : "")
        let track = String(repeating: glyphs.gaugeTrack, count: row.width)
        surface.write(track, in: row, style: trackStyle, overflow: .cut)
        surface.write(bar, in: row, style: style, overflow: .cut)
    }
}
