/// Text in one style, or in spans of several: one line, or wrapped over its area.
public struct Label: Drawable {
    /// A piece of text in one style.
    public struct Span: Hashable, Sendable {
        public var text: String
        public var style: Style

        public init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    public var spans: [Span]
    public var alignment: Alignment
    public var overflow: Overflow
    /// Whether text that does not fit goes on in the next row; needs a single span.
    public var wraps: Bool
    /// Covers what the text leaves free.
    public var fill: Style

    public init(
        _ text: String, style: Style = .plain, alignment: Alignment = .left, overflow: Overflow = .ellipsis,
        wraps: Bool = false, fill: Style? = nil
    ) {
        spans = [Span(text, style)]
        self.alignment = alignment
        self.overflow = overflow
        self.wraps = wraps
        self.fill = fill ?? Style(background: style.background)
    }

    /// One line of several styles.
    public init(_ spans: [Span], alignment: Alignment = .left, fill: Style = .plain) {
        self.spans = spans
        self.alignment = alignment
        self.fill = fill
        overflow = .ellipsis
        wraps = false
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        guard !area.isEmpty else { return }
        surface.fill(area, style: fill)
        if wraps, let span = spans.first, spans.count == 1 {
            surface.writeWrapped(span.text, in: area, style: span.style)
            return
        }
        let columns = spans.reduce(0) { $0 + surface.measure.columns(of: $1.text) }
        let spare = max(0, area.width - columns)
        var x = area.x + (alignment == .left ? 0 : alignment == .right ? spare : spare / 2)
        for span in spans where x < area.endX {
            let point = Point(x: x, y: area.y)
            x += surface.write(span.text, at: point, style: span.style, width: area.endX - x, overflow: overflow)
        }
    }
}
