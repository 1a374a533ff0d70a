import CTerminal
import Foundation

/// Restores the terminal when the program dies without a chance to.
///
/// A Swift trap runs no `defer`; the handler in C puts back the modes found at `arm` and leaves the screen.
enum TerminalGuard {
    /// Leaves every mode that the dashboard enters; harmless where it was not entered.
    static let resetSequence = [
        "\u{1B}[?2026l",  // show what was held back
        "\u{1B}[0m",  // plain style
        "\u{1B}[?7h",  // lines wrap
        "\u{1B}[?1002l\u{1B}[?1006l",  // the mouse is the terminal's
        "\u{1B}[?2004l",  // pastes come as keys
        "\u{1B}[?25h",  // the cursor is seen
        "\u{1B}[?1l\u{1B}>",  // cursor keys and keypad as a shell wants them
        "\u{1B}[?1049l",  // the screen of before
    ].joined()

    static func arm(terminal: Int32) throws(CursesError) {
        let bytes = Array(resetSequence.utf8CString.dropLast())
        guard terminal_guard_arm(terminal, bytes, bytes.count) == 0 else {
            throw .system(call: "tcgetattr", code: errno)
        }
    }

    /// Covers the thread that the main actor runs on at the moment; on Linux that changes.
    static func coverThread() {
        terminal_guard_cover_thread()
    }

    static func disarm() {
        terminal_guard_disarm()
    }
}
