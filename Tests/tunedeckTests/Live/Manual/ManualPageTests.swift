import ArgumentParser
import Foundation
import Testing

@testable import tunedeck

@Suite struct ManualPageTests {
    private let help = """
        {"serializationVersion":0,"command":{"commandName":"deck","abstract":"Plays cards.","subcommands":[
        {"commandName":"deal","superCommands":["deck"],"abstract":"Deals.","discussion":".5 of a line\\nC:\\\\cards",
        "arguments":[
        {"kind":"option","shouldDisplay":true,"isOptional":true,"isRepeating":false,"parsingStrategy":"default",
        "names":[{"kind":"short","name":"n"},{"kind":"long","name":"number"}],
        "preferredName":{"kind":"long","name":"number"},"valueName":"cards","defaultValue":"5","abstract":"How many."},
        {"kind":"flag","shouldDisplay":false,"isOptional":true,"isRepeating":false,"parsingStrategy":"default",
        "names":[{"kind":"long","name":"secret"}],"preferredName":{"kind":"long","name":"secret"}},
        {"kind":"positional","shouldDisplay":true,"isOptional":false,"isRepeating":true,"parsingStrategy":"default",
        "valueName":"player","abstract":"Who plays."}]},
        {"commandName":"cheat","shouldDisplay":false,"abstract":"No."},{"commandName":"help"}]}}
        """

    @Test func everyShownCommandHasItsPage() throws {
        let pages = try ManualPage.all(of: help, version: "1")
        #expect(pages.map(\.fileName) == ["deck.1", "deck-deal.1"])
        #expect(pages[0].text.contains(".Xr deck-deal 1\n"))
        #expect(!pages[0].text.contains("cheat"))
    }

    @Test func optionsAreListedWithTheirNamesAndDefaults() throws {
        let page = try ManualPage.all(of: help, version: "1")[1].text
        #expect(page.contains(".Op Fl -number Ar cards\n"))
        #expect(page.contains(".It Fl n , Fl -number Ar cards\nHow many.\n"))
        #expect(page.contains("5\n"))
        #expect(page.contains(".Ar player ...\n"))
        #expect(!page.contains("secret"))
    }

    @Test func textIsNeverTakenForAMacro() throws {
        let page = try ManualPage.all(of: help, version: "1")[1].text
        #expect(page.contains("\n\\&.5 of a line\nC:\\ecards\n"))
    }

    @Test func theProgramsOwnHelpMakesPages() throws {
        let pages = try ManualPage.all(of: TuneDeck._dumpHelp(), version: "0")
        #expect(pages.map(\.fileName).contains("tunedeck-jobs-create.1"))
        for page in pages { #expect(page.text.hasPrefix(".Dd\n.Dt "), "\(page.fileName)") }
    }
}
