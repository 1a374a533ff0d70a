/// A thumb in one column that shows which of all rows are visible; draws nothing while all of them are.
public struct ScrollMark: Drawable {
    public var top: Int
    public var visible: Int
    public var count: Int
    public var style: Style

    public init(top: Int, visible: Int, count: Int, style: Style = .plain) {
        self.top = top
        self.visible = visible
        self.count = count
        self.style = style
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        guard let thumb = thumb(height: area.height) else { return }
        for y in thumb {
            surface.write(String(surface.glyphs.scrollThumb), at: Point(x: area.x, y: area.y + y), style: style)
        }
    }

    /// The rows of the thumb, counted from the top of the mark: at the ends only when the list is at its ends.
    public func thumb(height: Int) -> Range<Int>? {
        guard count > visible, visible > 0, height > 0 else { return nil }
        let length = max(1, height * visible / count)
        let track = height - length
        let last = count - visible
        var start = Int((Double(track) * Double(min(top, last)) / Double(last)).rounded())
        if top > 0, top < last, track > 1 { start = min(max(1, start), track - 1) }
        return start..<(start + length)
    }
}
