import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct KeyTableTests {
    private let table = KeyTable.standard

    @Test(arguments: Scope.allCases, KeymapPreset.allCases)
    func noKeyHasTwoMeaningsInOneScopeNorBeginsAnother(scope: Scope, preset: KeymapPreset) {
        let all = Keymap(preset: preset).table.bindings(in: scope).flatMap(\.sequences)
        #expect(Set(all).count == all.count)
        for keys in all {
            #expect(!all.contains { $0.count > keys.count && $0.starts(with: keys) }, "\(Binding.label(of: keys))")
        }
    }

    @Test(arguments: Command.allCases, KeymapPreset.allCases)
    func everyCommandCanBeReached(command: Command, preset: KeymapPreset) {
        let isBound = Keymap(preset: preset).table.bindings.contains {
            $0.command == command && !$0.sequences.isEmpty
        }
        #expect(isBound || command.isForPalette, "\(command.rawValue)")
    }

    @Test(arguments: Command.allCases)
    func everyCommandHasWordsInBothLanguages(command: Command) {
        for words in [command.title, command.label] {
            #expect(!words.english.isEmpty && !words.chinese.isEmpty, "\(command.rawValue)")
        }
        let isChinese = command.title.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        #expect(isChinese, "\(command.rawValue)")
        #expect(command.title.english.unicodeScalars.contains { ("a"..."z").contains($0) }, "\(command.rawValue)")
    }

    /// A command line that says what is there is no promise of what is not.
    @Test(arguments: Command.allCases)
    func aCommandLineEqualBeginsWithTheProgram(command: Command) {
        guard let shell = command.shell else { return }
        #expect(shell.hasPrefix("tunedeck "), "\(command.rawValue)")
    }

    @Test(arguments: Scope.allCases)
    func everyScopeOfADialogCanBeLeft(scope: Scope) {
        guard
            [
                .opener, .editor, .launch, .departure, .services, .connect, .palette, .results, .picker, .comparison,
                .help, .log, .search, .parameters,
                .history, .historySearch, .tally, .themes, .evaluations, .evaluation, .evaluationForm,
            ].contains(scope)
        else {
            return
        }
        #expect(table.command(for: .escape, in: scope) == .back)
    }

    /// vi's movements and readline's editing keys must never destroy anything, wherever a finger lands.
    @Test func noMovementDestroys() {
        let movements: [Key] = ["h", "j", "k", "l", "g", "G", "w", .ctrl("d"), .ctrl("u"), .ctrl("w"), .ctrl("k")]
        let destructive: Set<Command> = [
            .cancelJob, .deleteJob, .deleteModel, .closeDataset, .deleteEvaluation, .confirmYes, .deleteFile,
        ]
        for scope in Scope.allCases {
            for key in movements {
                let command = table.command(for: key, in: scope)
                #expect(command.map { !destructive.contains($0) } ?? true, "\(key) in \(scope)")
            }
        }
    }

    @Test func theListingNamesKeysAsKeymapFilesDo() throws {
        let palette = try #require(table.entries.first { $0.command == .palette })
        #expect(palette.keys == [":", "<c-p>"])
        let first = try #require(table.entries.first { $0.command == .first })
        #expect(first.keys == ["gg", "<home>"])
    }

    @Test func whatCanFollowABeginningComesFromEveryScopeThatIsAsked() {
        let next = table.continuations(of: ["g"], in: [.records, .lists, .everywhere])
        #expect(next.contains { $0.keys == ["g"] && $0.command == .first })
        #expect(next.contains { $0.keys == ["j"] && $0.command == .showJobs })
    }
}
