import Foundation
import Testing
import TuneTestSupport

/// The person's own editor, run by the real dashboard in a real terminal.
@Suite(.serialized) struct EditorInTerminalTests {
    /// Opens the sample with a shell script for an editor; `@@` in the script is the folder for its notes.
    private func opened(_ script: String) async throws -> (deck: DeckInTerminal, notes: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("editor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let editor = folder.appendingPathComponent("editor.sh")
        try Data(script.replacing("@@", with: folder.path).utf8).write(to: editor)
        let deck = try DeckInTerminal(.english, environment: ["VISUAL": "/bin/sh '\(editor.path)'"])
        try await deck.open()
        try await deck.wait(TerminalWords.english.sample)
        try deck.send("s")
        try await deck.wait(TerminalWords.english.records)
        return (deck, folder.path)
    }

    private func close(_ deck: DeckInTerminal, _ notes: String) {
        deck.close()
        try? FileManager.default.removeItem(atPath: notes)
    }

    @Test func theEditorHasTheTerminalAsAShellGivesIt() async throws {
        let (deck, notes) = try await opened(
            """
            stty -g > '@@/modes'
            ls -l "$1" > '@@/file'
            printf 'your word: '
            read -r word
            printf '=== prompt\\n%s\\n=== completion\\n done\\n' "$word" > "$1"
            """)
        defer { close(deck, notes) }
        let before = try deck.lines("jargon.jsonl")
        try deck.send("E")
        try await deck.wait("your word:")
        try deck.send("kludge 一<enter>")
        try await deck.wait("* 1 unsaved")
        try deck.send("<c-s>")
        try await deck.wait("jargon.jsonl is saved")
        let after = try deck.lines("jargon.jsonl")
        #expect(after.first == #"{"prompt": "kludge 一", "completion": " done"}"#)
        #expect(after.dropFirst() == before.dropFirst())
        #expect(try String(contentsOfFile: notes + "/file", encoding: .utf8).hasPrefix("-rw-------"))
        try await deck.quit()
        #expect(try deck.modes("after") == deck.modes("before"))
        #expect(try String(contentsOfFile: notes + "/modes", encoding: .utf8) == deck.modes("before"))
    }

    @Test(arguments: [
        ("kill -9 $$", "was killed (signal 9)"), ("stty raw -echo; exit 3", "ended with an error (status 3)"),
    ])
    func theDashboardComesBackFromAnEditorThatFails(script: String, words: String) async throws {
        let (deck, notes) = try await opened("\(script)\n")
        defer { close(deck, notes) }
        let before = try deck.lines("jargon.jsonl")
        try deck.send("E")
        try await deck.wait(words)
        try deck.send("<esc>j")
        try await deck.wait("row 2 of")
        #expect(try deck.lines("jargon.jsonl") == before)
        try await deck.quit()
        #expect(try deck.modes("after") == deck.modes("before"))
    }

    /// Control-C at a cooked terminal goes to everybody in the group.
    @Test func controlCEndsTheEditorAlone() async throws {
        let (deck, notes) = try await opened("printf 'waiting'; cat > /dev/null\n")
        defer { close(deck, notes) }
        try deck.send("E")
        try await deck.wait("waiting")
        try deck.send("<c-c>")
        try await deck.wait("was killed (signal 2)")
        // The shell that started the dashboard has had the signal too, and ends when the dashboard does.
        try deck.send("<esc>j")
        try await deck.wait("row 2 of")
    }
}
