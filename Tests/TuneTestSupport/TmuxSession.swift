import Foundation
public import TuneCanvas

/// A program in a real terminal: tmux, in a server of its own that shares nothing with the user's.
///
/// ```swift
/// let session = try TmuxSession(["/bin/sh", "-c", "cat"], size: Size(width: 80, height: 24))
/// defer { session.close() }
/// try session.send("hello<enter>")
/// try await session.wait(for: "hello")
/// ```
public struct TmuxSession: Sendable {
    /// What a session could not do.
    public enum Failure: Error, CustomStringConvertible {
        case tmux(command: String, output: String)
        case timedOut(waitingFor: String, screen: String)

        public var description: String {
            switch self {
            case .tmux(let command, let output): "tmux \(command) failed: \(output)"
            case .timedOut(let wanted, let screen): "waited in vain for \(wanted); the screen shows\n\(screen)"
            }
        }
    }

    /// Whether tmux is installed.
    public static var isAvailable: Bool { path != nil }

    /// Where the server keeps its socket and its settings; nothing of it is left after `close`.
    private let folder: URL

    /// Starts a program, given with its arguments, in a terminal of `size`.
    ///
    /// - Parameter environment: variables for the program beside the ones of the test; `TERM` is tmux-256color unless
    ///   it is among them.
    public init(
        _ command: [String], size: Size = Size(width: 80, height: 24), environment: [String: String] = [:]
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tmux-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let settings = """
            set -g default-terminal tmux-256color
            set -g status off
            set -s escape-time 0
            """
        try Data(settings.utf8).write(to: folder.appendingPathComponent("settings"))
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        // `env` sets the variables, since tmux before 3.2 cannot.
        try run(
            ["-f", folder.appendingPathComponent("settings").path, "new-session", "-d"]
                + ["-x", "\(size.width)", "-y", "\(size.height)", "--", "env"] + variables + command)
    }

    /// Types keys written as `KeyNotation` has it: `jj<enter>f<c-p>`.
    public func send(_ keys: String) throws {
        for key in try KeyNotation.keys(in: keys) {
            if case .character(let character) = key {
                // A semicolon alone would part two commands of tmux.
                try run(["send-keys", "-l", "--", character == ";" ? "\\;" : String(character)])
            } else {
                try run(["send-keys", "--", Self.name(of: key)])
            }
            // What follows an escape at once would be read as alt and a key.
            if key == .escape { usleep(100_000) }
        }
    }

    /// Pastes text in one piece.
    public func paste(_ text: String) throws {
        try run(["set-buffer", "--", text])
        try run(["paste-buffer", "-p", "-d"])
    }

    public func resize(to size: Size) throws {
        try run(["resize-window", "-x", "\(size.width)", "-y", "\(size.height)"])
    }

    /// What the terminal shows, one line per row.
    public func screen() throws -> String {
        try run(["capture-pane", "-p"])
    }

    /// The same with its colours, as `Tests/render_screen.py` draws it.
    public func coloredScreen() throws -> String {
        try run(["capture-pane", "-e", "-p"])
    }

    /// A fact about the terminal by tmux' name for it, such as `cursor_x`, `alternate_on` or `pane_pid`.
    public func fact(_ name: String) throws -> String {
        try run(["display-message", "-p", "#{\(name)}"]).trimmingCharacters(in: .newlines)
    }

    /// Waits until the screen contains a text, and gives back that screen.
    @discardableResult
    public func wait(for text: String, seconds: Double = 20) async throws -> String {
        try await wait(for: "“\(text)”", seconds: seconds) { $0.contains(text) }
    }

    /// Waits until the screen satisfies a condition, and gives back that screen.
    @discardableResult
    public func wait(
        for what: String, seconds: Double = 20, until isReached: (String) throws -> Bool
    ) async throws -> String {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let screen = try screen()
            if try isReached(screen) { return screen }
            guard ContinuousClock.now < end else { throw Failure.timedOut(waitingFor: what, screen: screen) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Ends the program and the server.
    public func close() {
        _ = try? run(["kill-server"])
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: -

    private static let path = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        guard let path = Self.path else { throw Failure.tmux(command: "", output: "it is not installed") }
        var environment = ProcessInfo.processInfo.environment
        for name in ["TMUX", "TMUX_PANE", "NO_COLOR", "COLORTERM", "CLICOLOR"] { environment[name] = nil }
        environment["LANG"] = environment["LANG"] ?? "C.UTF-8"
        let output = folder.appendingPathComponent("output-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: output) }
        let socket = folder.appendingPathComponent("socket").path
        let status = try Spawn.run([path, "-u", "-S", socket] + arguments, environment: environment, output: output)
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self)
        guard status == 0 else {
            throw Failure.tmux(command: arguments.joined(separator: " "), output: text)
        }
        return text
    }

    /// tmux' name of a key.
    private static func name(of key: Key) -> String {
        switch key {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .enter: "Enter"
        case .escape: "Escape"
        case .tab: "Tab"
        case .backspace: "BSpace"
        case .delete: "DC"
        case .insert: "IC"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PPage"
        case .pageDown: "NPage"
        case .function(let number): "F\(number)"
        case .shift(.tab): "BTab"
        case .ctrl(let key): "C-" + name(of: key)
        case .alt(let key): "M-" + name(of: key)
        case .shift(let key): "S-" + name(of: key)
        case .paste(let text): text
        // Nobody gives one by name.
        case .mouse: ""
        }
    }
}
