import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct KeymapTests {
    private func keymap(_ entries: [(String, [String])], preset: String? = nil) -> Keymap {
        let file = KeymapFile(
            path: "/u/keymap.toml", preset: preset.map { .init(name: $0, line: 1) },
            entries: entries.enumerated().map { .init(name: $1.0, keys: $1.1, line: $0 + 2) })
        return Keymap(file)
    }

    @Test func anActionTakesItsNewKeysWhereverItHadKeys() {
        let keymap = keymap([("job.follow", ["F", "<c-o>"])])
        #expect(keymap.problems.isEmpty)
        #expect(keymap.table.command(for: "F", in: .jobs) == .zoomFollow)
        #expect(keymap.table.command(for: .ctrl("o"), in: .jobs) == .zoomFollow)
        #expect(keymap.table.command(for: "f", in: .jobs) == nil)
    }

    @Test func aScopeBeforeTheActionChangesThatScopeAlone() {
        let keymap = keymap([("records.dataset.open", ["O"])])
        #expect(keymap.problems.isEmpty)
        #expect(keymap.table.command(for: "O", in: .records) == .openFile)
        #expect(keymap.table.command(for: "o", in: .welcome) == .openFile)
    }

    @Test func anActionWithoutAnyKeyGetsItsFirstEverywhere() {
        let keymap = keymap([("mouse.switch", ["<f9>"])])
        #expect(keymap.table.command(for: .function(9), in: .everywhere) == .toggleMouse)
    }

    @Test func anEmptyListTakesTheKeysAway() {
        let keymap = keymap([("record.delete", [])])
        #expect(keymap.table.command(for: "d", in: .records) == nil)
        #expect(keymap.table.bindings(in: .records).allSatisfy { $0.command != .deleteRecords })
    }

    @Test func aSequenceIsOneKeyAfterTheOther() {
        let keymap = keymap([("record.delete", ["x d"])])
        #expect(keymap.table.command(for: ["x", "d"], in: .records) == .deleteRecords)
        #expect(keymap.table.isPrefix(["x"], in: .records))
    }

    @Test(arguments: [
        ("fish.fry", ["f"], KeymapProblem.Fault.unknownAction("fish.fry")),
        ("nowhere.job.follow", ["f"], .unknownScope("nowhere")), ("jobs.fish.fry", ["f"], .unknownAction("fish.fry")),
        ("job.follow", ["<fish>"], .unreadableKey("<fish>")), ("job.follow", ["<c-"], .unreadableKey("<c-")),
        ("job.follow", [""], .unreadableKey("")),
    ])
    func aLineThatCannotBeTakenIsNamedAndTheRestCounts(name: String, keys: [String], fault: KeymapProblem.Fault) {
        let keymap = keymap([(name, keys), ("app.quit", ["Q"])])
        #expect(keymap.problems.map(\.fault) == [fault])
        #expect(keymap.problems.map(\.line) == [2])
        #expect(keymap.problems[0].explanation.what.english.hasPrefix("/u/keymap.toml, line 2: "))
        #expect(keymap.problems[0].explanation.what.chinese.hasPrefix("/u/keymap.toml 第 2 行："))
        #expect(keymap.table.command(for: "Q", in: .everywhere) == .quit)
        #expect(keymap.table.command(for: "f", in: .jobs) == .zoomFollow)
    }

    @Test func twoLinesThatWantOneKeyAreToldAndTheFirstCounts() {
        let keymap = keymap([("jobs.job.follow", ["z"]), ("jobs.job.ask", ["z", "A"])])
        #expect(
            keymap.problems.map(\.fault) == [.taken(key: "z", by: .zoomFollow, scope: .jobs, line: 2)])
        #expect(keymap.problems.map(\.line) == [3])
        #expect(keymap.table.command(for: "z", in: .jobs) == .zoomFollow)
        #expect(keymap.table.command(for: "A", in: .jobs) == .askJob)
    }

    @Test func aKeyTakenFromAnActionThatKeepsNoneIsTold() {
        let keymap = keymap([("jobs.job.follow", ["r"])])
        #expect(keymap.problems.map(\.fault) == [.leaves(.jobResults, scope: .jobs, key: "r")])
        #expect(keymap.table.command(for: "r", in: .jobs) == .zoomFollow)
    }

    @Test func aKeyThatBeginsASequenceOfTheFileIsTold() {
        let keymap = keymap([("records.record.tag", ["zt"]), ("records.record.jump", ["z"])])
        #expect(keymap.problems.count == 1)
        #expect(keymap.table.command(for: ["z", "t"], in: .records) == .tag)
    }

    @Test func aPresetThatIsUnknownIsToldAndTheUsualKeysStay() {
        let keymap = keymap([], preset: "vim9")
        #expect(keymap.problems.map(\.fault) == [.unknownPreset("vim9")])
        #expect(keymap.table.command(for: "j", in: .lists) == .down)
    }

    @Test func emacsFindsItsKeysAndArrowsStay() {
        let table = keymap([], preset: "emacs").table
        #expect(table.command(for: .ctrl("n"), in: .lists) == .down)
        #expect(table.command(for: .down, in: .lists) == .down)
        #expect(table.command(for: [.ctrl("x"), .ctrl("c")], in: .everywhere) == .quit)
        #expect(table.command(for: .alt("x"), in: .everywhere) == .palette)
        #expect(table.binding(of: .palette, in: [.everywhere])?.label == "alt-x")
    }

    @Test func linesAreFoundInTheTextOfTheFile() {
        let lines = KeymapLines(
            """
            # keys
            preset = "emacs"
            job.follow = ["f"]

            [ jobs ]
            "job.ask" = "A"
            job . keep = [
              "K",
            ]
            record = { tag = "t" }
            """)
        #expect(lines.line(of: "preset") == 2)
        #expect(lines.line(of: "job.follow") == 3)
        #expect(lines.line(of: "jobs.job.ask") == 6)
        #expect(lines.line(of: "jobs.job.keep") == 7)
        #expect(lines.line(of: "jobs.record.tag") == 10)
    }
}
