/// News from the terminal or the system; carries no data, so that any thread may post it.
public enum ScreenSignal: Hashable, Sendable {
    /// Keys are waiting: read them with `pendingKeys`.
    case input
    /// The size changed: paint everything anew.
    case resized
    /// SIGINT from outside; Ctrl-C at the keyboard is a key.
    case interrupt
    /// SIGTERM.
    case terminate
    /// The terminal is gone: SIGHUP, or the end of input.
    case hangUp
    /// SIGTSTP from outside: answer with `stop`.
    case stopRequested
    /// SIGCONT: a shell woke the program, perhaps with the terminal in other modes; answer with `resume`.
    case continued
}

/// A terminal, or a stand-in for one.
@MainActor
public protocol Screen: AnyObject {
    /// The terminal's size in columns and rows.
    var size: Size { get }

    /// Takes the terminal over; `onSignal` is called from any thread until `close`.
    func open(onSignal: @escaping @Sendable (ScreenSignal) -> Void) throws

    /// Gives the terminal back as it was found. Does nothing when it is not open.
    func close()

    /// The keys pressed since the last call, oldest first.
    func pendingKeys() -> [Key]

    /// Shows a frame; `cursor` is where the caret stands, nil when no text is being edited.
    func apply(_ diff: FrameDiff, cursor: Point?)

    /// How many colours it shows.
    var depth: ColorDepth { get }

    /// Whether a mouse is listened to; then it is told of among the keys.
    var usesMouse: Bool { get set }

    /// Tells the terminal something beside the picture.
    func send(_ message: TerminalMessage)

    /// Gives the terminal to another program, such as `$EDITOR`, until `resume`.
    func suspend()

    /// Takes the terminal back; the next frame must be whole.
    func resume() throws

    /// Puts the whole program to sleep, as Ctrl-Z does elsewhere, and comes back when the shell continues it.
    func stop() throws
}
