import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneData
import TuneModel

@testable import TuneViews

/// The record under the cursor: as text, with its whitespace, and as tokens.
@MainActor
struct RecordScreenTests {
    nonisolated static let looks = ScreenTests.looks

    private let record = #"""
        {"messages":[{"role":"user","content":"谁写了 静夜思? 👨‍👩‍👧\tשלום\u001b[31m"},\#
        {"role":"assistant","content":"Someone.\n","weight":0},{"role":"user","content":"Sure?"},\#
        {"role":"assistant","content":"李白。\nLi Bai wrote it, in the year 726.\r\n"}]}
        """#

    /// A measure that cuts at words, as tokenizers do with the space in front, and every Chinese character in two.
    private func pieces(_ record: Record) -> [TokenPiece] {
        guard case .chat(let messages) = record else { return [] }
        var pieces: [TokenPiece] = []
        for message in messages {
            var texts = ["<|im_start|>", message.role, "\n"]
            for character in message.content {
                if "\u{4E00}" <= character, character <= "\u{9FFF}" {
                    texts += ["", String(character)]
                } else if character.isLetter, texts.last!.last!.isLetter || texts.last == " " {
                    texts[texts.count - 1].append(character)
                } else {
                    texts.append(String(character))
                }
            }
            texts.append("<|im_end|>")
            pieces += texts.enumerated().map { index, text in
                TokenPiece(id: index * 37, text: text, isTrained: message.isTrained && index > 2)
            }
        }
        return pieces
    }

    private func player(_ look: ScreenTests.Look, _ lines: [String]) async throws -> (Player, FakeWorld) {
        let fake = try FakeWorld()
        var world = fake.world
        world.tokens = { [self] in await pieces($0) }
        let player = Player(world, width: look.width, height: look.height, language: look.language)
        try await player.start(opening: [try fake.write("a.jsonl", lines)])
        return (player, fake)
    }

    @Test(arguments: looks)
    func tokensAreToldApartAndTrainedOnesUnderlined(look: ScreenTests.Look) async throws {
        let (player, fake) = try await player(look, [record])
        player.check("record-turns-\(look.testDescription)")
        try await player.press("T")
        player.check("record-tokens-\(look.testDescription)")
        let frame = try #require(player.screen.frame)
        let underlined = (0..<frame.size.height).flatMap { y in
            frame.row(y).filter { $0.style.attributes.contains(.underline) }.map { String($0.glyph) }
        }.joined()
        #expect(underlined.contains("李") && !underlined.contains("谁"))
        try await player.press("I")
        player.check("record-ids-\(look.testDescription)")
        withExtendedLifetime(fake) {}
    }

    @Test func aLongRecordIsScrolledToItsEndAndNoFurther() async throws {
        let text = (0..<60).map { "line \($0)" }.joined(separator: "\\n")
        let (player, fake) = try await player(.init(80, 24, .english), [#"{"prompt":"p","completion":"\#(text)"}"#])
        #expect(player.screen.text.contains("completion  line 0"))
        try await player.press(String(repeating: "J", count: 200))
        #expect(player.screen.text.contains("line 59"))
        #expect(!player.screen.text.contains("completion  line 0"))
        let end = player.state.detail.top
        try await player.press("K")
        #expect(player.state.detail.top == end - 1)
        try await player.press(String(repeating: "K", count: 200))
        #expect(player.state.detail.top == 0)
        withExtendedLifetime(fake) {}
    }

    @Test func anotherRecordIsShownFromItsTopWithItsOwnTokens() async throws {
        let (player, fake) = try await player(
            .init(80, 24, .english),
            [record, #"{"messages":[{"role":"user","content":"a b"},{"role":"assistant","content":"c"}]}"#])
        try await player.press("T")
        let first = player.state.detail.tokens.count
        try await player.press("Jj")
        #expect(player.state.detail.top == 0)
        #expect(player.state.detail.tokens.count != first)
        #expect(player.screen.text.contains("11 tokens, 2 trained"))
        withExtendedLifetime(fake) {}
    }

    @Test func withoutABaseModelThePaneSaysWhereToGetOne() async throws {
        let fake = try FakeWorld()
        let player = Player(fake.world)
        try await player.start(opening: [try fake.write("a.jsonl", [record])])
        try await player.press("T")
        #expect(player.screen.text.contains("f fetches one"))
    }

    @Test func aMeasureThatFailsIsExplainedWhereTheTokensWouldStand() async throws {
        struct Broken: ExplainedError {
            var explanation: Explanation { Explanation(Wording("The base is torn.", "坏"), next: Wording("Mend.", "修")) }
            var exitStatus: TuneModel.ExitStatus { .failed }
        }
        let fake = try FakeWorld()
        var world = fake.world
        world.tokens = { _ in throw Broken() }
        let player = Player(world)
        try await player.start(opening: [try fake.write("a.jsonl", [record])])
        #expect(!player.screen.text.contains("torn"))
        try await player.press("T")
        #expect(player.screen.text.contains("The base is torn. Mend."))
    }

    @Test func matchesAreMarkedWhereTheyStand() throws {
        var state = Deck.State(language: .english)
        let facts = DatasetFacts(path: "/a.jsonl", shape: .completion, records: 1, bytes: 1)
        _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        let row = SheetRow(.record(.completion(prompt: "唐诗 three", completion: "唐")))
        _ = Deck.update(&state, .browse(.rowsArrived(path: "/a.jsonl", start: 0, [row])))
        let look = Look(theme: .lettered, language: .english)
        let pane = RecordPane(
            sheet: state.browse.current, showsWhitespace: false, look: look, pattern: try TextPattern("唐"))
        var surface = Surface(size: Size(width: 40, height: 5))
        pane.draw(in: surface.bounds, on: &surface)
        let marked = (0..<5).flatMap { y in surface.row(y).filter { $0.style.attributes.contains(.reverse) } }
        #expect(marked.map { String($0.glyph) }.joined().filter { $0 == "唐" } == "唐唐")
        #expect(marked.count == 4)
    }
}
