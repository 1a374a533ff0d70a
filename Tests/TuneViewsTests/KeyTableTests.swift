import Testing
import TuneCanvas
import TuneControl

@testable import TuneViews

@MainActor
struct KeyTableTests {
    private let table = KeyTable.standard

    @Test(arguments: Scope.allCases)
    func noKeyHasTwoMeaningsInOneScope(scope: Scope) {
        let keys = table.bindings(in: scope).flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: Command.allCases)
    func everyCommandCanBeReached(command: Command) {
        let isBound = table.bindings.contains { $0.command == command }
        #expect(isBound || command.isForPalette, "\(command.rawValue)")
    }

    @Test(arguments: Scope.allCases)
    func everyScopeOfADialogCanBeLeft(scope: Scope) {
        guard
            [
                .opener, .editor, .launch, .departure, .services, .connect, .palette, .results, .picker, .comparison,
                .help, .log, .search, .parameters,
                .history, .historySearch, .tally, .evaluations, .evaluation, .evaluationForm,
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
    }
}
