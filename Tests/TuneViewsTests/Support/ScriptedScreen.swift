import TuneCanvas

@testable import TuneViews

/// A terminal in memory: keys go in as a test wants them, and the last frame can be looked at.
@MainActor
final class ScriptedScreen: Screen {
    var size: Size
    private(set) var frame: Surface?
    /// What a terminal shows that was told nothing but what changed: the glyph and style of each column.
    private(set) var picture: [[Cell]] = []
    private(set) var cursor: Point?
    private(set) var isOpen = false
    private var keys: [Key] = []

    init(_ width: Int = 80, _ height: Int = 24) {
        size = Size(width: width, height: height)
    }

    func press(_ keys: [Key]) { self.keys += keys }

    func open(onSignal: @escaping @Sendable (ScreenSignal) -> Void) throws { isOpen = true }
    func close() { isOpen = false }

    func pendingKeys() -> [Key] {
        defer { keys = [] }
        return keys
    }

    func apply(_ diff: FrameDiff, cursor: Point?) {
        frame = diff.frame
        if diff.isWhole {
            picture = Array(
                repeating: Array(repeating: .blank(.plain), count: diff.frame.size.width), count: diff.frame.size.height
            )
        }
        for run in diff.runs {
            var x = run.origin.x
            for cell in run.cells {
                picture[run.origin.y][x] = cell
                for column in 1..<max(1, Int(cell.columns)) {
                    picture[run.origin.y][x + column] = .continuation(cell.style)
                }
                x += Int(cell.columns)
            }
        }
        self.cursor = cursor
    }

    /// How the terminal was given away and taken back.
    private(set) var turns: [String] = []

    var depth = ColorDepth.trueColor
    var usesMouse = false
    /// What the terminal was told beside the picture.
    private(set) var messages: [TerminalMessage] = []

    func send(_ message: TerminalMessage) { messages.append(message) }

    func suspend() { turns.append("suspend") }
    func resume() throws { turns.append("resume") }
    func stop() throws {}

    /// What is on the screen, a line per row.
    var text: String { frame.map { FrameText($0).text } ?? "" }
}
