/// A surface as text, for tests and dumps.
public struct FrameText: Hashable, Sendable {
    /// One line per row; spaces at its end are dropped.
    public let glyphs: [String]
    /// One letter per column, as the letter map names its style.
    public let styles: [String]

    /// - Parameter letter: the letter of a style, such as the role that wears it; spaces at a row's end are dropped.
    public init(_ surface: Surface, letter: (Style) -> Character = { $0 == .plain ? " " : "?" }) {
        var glyphs: [String] = []
        var styles: [String] = []
        for y in 0..<surface.size.height {
            let row = surface.row(y)
            glyphs.append(Self.trimmed(String(row.filter { !$0.isContinuation }.map(\.glyph))))
            styles.append(Self.trimmed(String(row.map { letter($0.style) })))
        }
        self.glyphs = glyphs
        self.styles = styles
    }

    /// The rows as one text.
    public var text: String { glyphs.joined(separator: "\n") }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
