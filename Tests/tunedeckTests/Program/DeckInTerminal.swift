import Foundation
import TuneCanvas
import TuneTestSupport

/// The dashboard in tmux, under a shell that opens it again at every enter and notes the terminal's modes.
struct DeckInTerminal: Sendable {
    let home: TestHome
    private let words: TerminalWords
    private let session: TmuxSession

    init(_ words: TerminalWords, environment: [String: String] = [:]) throws {
        self.words = words
        home = try TestHome(environment: ["TUNEDECK_LANG": words.language].merging(environment) { $1 })
        let notes = home.desk
        let script = """
            while printf '[shell]'; read -r go; do
                clear; stty -g > '\(notes)/before'; '\(try TestHome.program)'; stty -g > '\(notes)/after'
            done
            """
        session = try TmuxSession(["/bin/sh", "-c", script], size: words.size, environment: home.environment)
    }

    func close() {
        session.close()
        home.close()
    }

    func addBaseModel() throws {
        let outcome = try home.run("models", "add", try TestHome.baseModel, "--name", "smollm2-135m")
        guard outcome.status == 0 else { throw Unexpected(what: outcome.errors) }
    }

    /// Opens the dashboard and waits for its first screen.
    func open() async throws {
        try await waitForShell()
        try session.send("<enter>")
        try await session.wait(for: "the dashboard", seconds: 60) { $0.contains(words.firstTab) }
    }

    /// Leaves the dashboard and waits for the shell.
    func quit() async throws {
        try session.send("q")
        try await waitForShell()
    }

    func waitForShell() async throws {
        try await session.wait(for: "[shell]", seconds: 60)
    }

    func wait(_ text: String) async throws {
        try await session.wait(for: text, seconds: 90)
    }

    func wait(_ what: String, until isReached: (String) -> Bool) async throws {
        try await session.wait(for: what, seconds: 90, until: isReached)
    }

    func send(_ keys: String) throws { try session.send(keys) }
    func screen() throws -> String { try session.screen() }
    func fact(_ name: String) throws -> String { try session.fact(name) }

    /// Starts a job with these settings through the form.
    func train(steps: Int, batch: Int) async throws {
        try session.send("t")
        try await wait(words.form)
        try session.send("<tab><tab><tab><tab><tab><c-u>\(steps)<tab><tab><c-u>\(batch)")
        try await wait("the form as it was filled in") { screen in
            let lines = screen.split(separator: "\n").filter { $0.contains(words.steps) || $0.contains(words.batch) }
            return lines.count == 2 && lines[0].contains(" \(steps) ") && lines[1].contains(" \(batch) ")
        }
        try session.send("<enter>")
    }

    /// The terminal's modes `before` or `after` the dashboard.
    func modes(_ when: String) throws -> String {
        try String(contentsOfFile: home.desk + "/" + when, encoding: .utf8)
    }

    /// The lines of a sample dataset, or of one made from it.
    func lines(_ name: String) throws -> [Substring] {
        try String(contentsOfFile: home.path + "/samples/" + name, encoding: .utf8).split(separator: "\n")
    }

    /// The process id of the open dashboard.
    func dashboard() throws -> pid_t {
        let shell = try session.fact("pane_pid")
        let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
        guard let id = children.split(separator: " ").first.flatMap({ pid_t($0) }) else {
            throw Unexpected(what: "the shell has no child")
        }
        return id
    }
}

/// Something that a test cannot go on after.
struct Unexpected: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
