import CNcurses
import CTerminal
public import Foundation
public import TuneCanvas

/// The terminal that the program was started in.
///
/// ncurses finds the terminal's description, sets its modes, switches to the other screen and reads the keys; the
/// picture goes straight to the terminal, as `FrameEncoder` explains.
public final class CursesScreen: Screen {
    private let input: Int32 = STDIN_FILENO
    private let output: Int32 = STDOUT_FILENO
    private let environment: [String: String]
    private let wantedDepth: ColorDepth?

    private var terminal: OpaquePointer?
    private var keys: CursesKeys?
    private var encoder = FrameEncoder(traits: TerminalTraits())
    private var stdin: StdinSource?
    private var signals: Signals?
    private var isSuspended = false

    /// - Parameter depth: how many colours to use; nil finds out.
    public init(depth: ColorDepth? = nil, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
        wantedDepth = depth
    }

    /// What the terminal can do; known once it is open.
    public private(set) var traits = TerminalTraits()

    public var size: Size {
        var window = winsize()
        if ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            return Size(width: Int(window.ws_col), height: Int(window.ws_row))
        }
        return Size(width: 80, height: 24)
    }

    public func open(onSignal: @escaping @Sendable (ScreenSignal) -> Void) throws {
        guard terminal == nil else { return }
        guard isatty(input) == 1, isatty(output) == 1 else { throw CursesError.notATerminal }
        let type = try TerminalType.find(environment: environment, output: output)
        try TerminalGuard.arm(terminal: output)
        do {
            signals = try Signals(onSignal: onSignal)
            try start(type)
        } catch {
            close()
            throw error
        }
        stdin = StdinSource(file: input, onSignal: onSignal)
    }

    public func close() {
        stdin?.cancel()
        stdin = nil
        if let terminal {
            if !isSuspended { leave() }
            keys?.close()
            keys = nil
            delscreen(terminal)
        }
        terminal = nil
        signals?.cancel()
        signals = nil
        isSuspended = false
        TerminalGuard.disarm()
    }

    public func pendingKeys() -> [Key] {
        TerminalGuard.coverThread()
        guard !isSuspended, let pending = keys?.pending() else { return [] }
        stdin?.rearm()
        return pending
    }

    public func apply(_ diff: FrameDiff, cursor: Point?) {
        guard terminal != nil, !isSuspended else { return }
        TerminalGuard.coverThread()
        write(encoder.encode(diff, cursor: cursor))
    }

    public var depth: ColorDepth { traits.depth }

    public var usesMouse = false {
        didSet {
            guard usesMouse != oldValue, terminal != nil, !isSuspended else { return }
            write(Array((usesMouse ? Self.mouseOn : Self.mouseOff).utf8))
        }
    }

    public func send(_ message: TerminalMessage) {
        guard terminal != nil, !isSuspended else { return }
        let isInTmux = !(environment["TMUX"] ?? "").isEmpty
        write(MessageEncoder(isInTmux: isInTmux).encode(message))
    }

    public func suspend() {
        guard terminal != nil, !isSuspended else { return }
        isSuspended = true
        // What is typed now is for somebody else.
        stdin?.pause()
        leave()
        TerminalGuard.disarm()
    }

    public func resume() throws {
        guard terminal != nil else { return }
        if isSuspended {
            try TerminalGuard.arm(terminal: output)
            isSuspended = false
            // A program that was killed has left its modes behind: mouse, focus, and how it wanted keys.
            write(Array("\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1006l\u{1B}[?1004l\u{1B}[>4m".utf8))
        }
        enter()
        stdin?.rearm()
    }

    public func stop() throws {
        guard terminal != nil else { return }
        guard !isSuspended else {
            // The program that has the terminal sleeps too, and wakes up with it.
            return terminal_stop_process()
        }
        suspend()
        terminal_stop_process()
        try resume()
    }

    // MARK: -

    private func start(_ type: String) throws(CursesError) {
        guard let terminal = tunedeck_start(type) else {
            throw .unknownType(type)
        }
        self.terminal = terminal
        traits = TerminalTraits(environment: environment, wanted: wantedDepth)
        encoder = FrameEncoder(traits: traits)
        raw()
        noecho()
        // Enter and control-J stay two keys.
        nonl()
        keys = CursesKeys()
        // ncurses holds its first bytes, among them the switch to the other screen, until it first draws.
        refresh()
        enterOwnModes()
    }

    /// Back to the dashboard's modes, also when something has changed them meanwhile.
    private func enter() {
        reset_prog_mode()
        // After `endwin` this is what returns to the other screen and the keypad's mode.
        refresh()
        raw()
        enterOwnModes()
    }

    private func leave() {
        write(Array(("\u{1B}[0m" + (usesMouse ? Self.mouseOff : "") + "\u{1B}[?2004l\u{1B}[?7h\u{1B}[?25h").utf8))
        endwin()
    }

    /// What ncurses knows nothing of: no wrapping at the right edge, pastes in one piece.
    private func enterOwnModes() {
        // ncurses has just put in its own handler for SIGTSTP.
        terminal_signals_claim()
        encoder.reset()
        write(Array(("\u{1B}[?7l\u{1B}[?2004h" + (usesMouse ? Self.mouseOn : "")).utf8))
    }

    /// Presses and movements with a button held, in the form that knows no limit of columns.
    private static let mouseOn = "\u{1B}[?1002h\u{1B}[?1006h"
    private static let mouseOff = "\u{1B}[?1002l\u{1B}[?1006l"

    /// Writes all of the bytes, waiting while the terminal is slow.
    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(output, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if errno != EINTR {
                // The terminal is gone; its hang-up ends the program.
                return
            }
        }
    }
}
