import CNcurses
import Foundation
public import TuneCanvas

/// What a terminal can do, from its terminfo entry and the environment.
public nonisolated struct TerminalTraits: Hashable, Sendable {
    public var depth: ColorDepth
    /// Whether slanted and faint text exist; some terminals show something else instead.
    public var hasItalic: Bool
    public var hasDim: Bool
    /// Whether emoji made of several characters are drawn as one glyph.
    public var drawsClusters: Bool

    public init(depth: ColorDepth = .palette, hasItalic: Bool = true, hasDim: Bool = true, drawsClusters: Bool = false)
    {
        self.depth = depth
        self.hasItalic = hasItalic
        self.hasDim = hasDim
        self.drawsClusters = drawsClusters
    }

    /// The attributes of a style that the terminal has.
    func attributes(of style: Style) -> Attributes {
        var attributes = style.attributes
        if !hasItalic { attributes.remove(.italic) }
        if !hasDim { attributes.remove(.dim) }
        return attributes
    }
}

extension TerminalTraits {
    /// The description that the dashboard would use for the terminal of an environment; nil when it cannot run there.
    /// ncurses is set up for it.
    @MainActor public static func typeName(environment: [String: String]) -> String? {
        try? TerminalType.find(environment: environment, output: STDOUT_FILENO)
    }

    /// How many colours the dashboard would show in the terminal of an environment.
    @MainActor public static func depth(environment: [String: String]) -> ColorDepth {
        guard typeName(environment: environment) != nil else { return .mono }
        return TerminalTraits(environment: environment, wanted: nil).depth
    }

    /// The size of the terminal that this program writes to, in cells; nil when it writes to none.
    public static func size() -> (columns: Int, rows: Int)? {
        var size = winsize()
        for stream in [STDOUT_FILENO, STDERR_FILENO] where ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 {
            return (Int(size.ws_col), Int(size.ws_row))
        }
        return nil
    }

    /// Reads the description of the terminal that ncurses has been set up for.
    ///
    /// - Parameter wanted: the depth that a flag or the configuration asks for; it comes before everything else.
    init(environment: [String: String], wanted: ColorDepth?) {
        depth =
            wanted
            ?? Self.depth(
                environment: environment, colors: Int(tigetnum("colors")),
                // `RGB` is ncurses' name, `Tc` tmux'; both are extensions, boolean or not by terminal.
                hasDirectColor: tigetflag("RGB") > 0 || tigetflag("Tc") > 0)
        hasItalic = tunedeck_capability("sitm") != nil
        hasDim = tunedeck_capability("dim") != nil
        drawsClusters = Self.drawsClusters(environment: environment)
    }

    /// NO_COLOR and CLICOLOR, then COLORTERM, then the terminfo entry.
    static func depth(environment: [String: String], colors: Int, hasDirectColor: Bool) -> ColorDepth {
        if !(environment["NO_COLOR"] ?? "").isEmpty || environment["CLICOLOR"] == "0" { return .mono }
        let term = environment["TERM"] ?? ""
        if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || hasDirectColor
            || term.hasSuffix("-direct")
        {
            return .trueColor
        }
        switch colors {
        case 256...: return .palette
        case 16..<256: return .sixteen
        case 8..<16: return .eight
        default: return .mono
        }
    }

    /// Terminals known to join such emoji; all others get one glyph of known width instead.
    static func drawsClusters(environment: [String: String]) -> Bool {
        let term = environment["TERM"] ?? ""
        // Inside a multiplexer it is the multiplexer that measures, whatever terminal is around it.
        if environment["TMUX"] != nil || environment["STY"] != nil { return false }
        if ["xterm-kitty", "xterm-ghostty", "foot", "wezterm", "contour"].contains(where: term.hasPrefix) {
            return true
        }
        return ["ghostty", "WezTerm", "iTerm.app"].contains(environment["TERM_PROGRAM"] ?? "")
    }
}
