import CNcurses
import Foundation

/// Finds a description that fits the terminal.
enum TerminalType {
    /// The name to start ncurses with.
    ///
    /// A newer terminal whose own entry is not installed here is treated as the xterm that it imitates.
    static func find(environment: [String: String], output: Int32) throws(CursesError) -> String {
        let name = environment["TERM"] ?? ""
        if name.isEmpty || name == "dumb" || name == "unknown" { throw .tooSimple(type: name) }
        for candidate in [name] + (imitatesXterm(name) ? ["xterm-256color", "xterm"] : []) {
            guard isInstalled(candidate, output) else { continue }
            guard placesCursor() else { throw .tooSimple(type: candidate) }
            return candidate
        }
        throw .unknownType(name)
    }

    // MARK: -

    private static func imitatesXterm(_ name: String) -> Bool {
        ["xterm", "tmux", "screen", "alacritty", "foot", "kitty", "ghostty", "wezterm", "rio", "contour", "st-"]
            .contains(where: name.hasPrefix)
    }

    private static func isInstalled(_ name: String, _ output: Int32) -> Bool {
        var problem: Int32 = 0
        return setupterm(name, output, &problem) == OK && problem == 1
    }

    /// Frames are written in the sequences of ECMA-48, which all terminals in use share; others are refused.
    private static func placesCursor() -> Bool {
        guard let cursor = tunedeck_capability("cup"), tunedeck_capability("clear") != nil else { return false }
        return String(cString: cursor).hasPrefix("\u{1B}[")
    }
}
