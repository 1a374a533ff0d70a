import Testing
import TuneModel

@testable import TuneControl

struct ParametersTests {
    private let hints = AskHints(separator: " ->", stop: "\n", dataset: "/d.jsonl")

    private func sheet(_ settings: AnswerSettings = AnswerSettings(), isForOne: Bool = true) -> Parameters.State {
        Parameters.State(settings, hints: hints, isForOne: isForOne)
    }

    private func typed(_ name: Parameters.Field.Name, _ text: String) -> Result<AnswerSettings, Parameters.Fault> {
        var sheet = sheet()
        sheet.fields[sheet.fields.firstIndex { $0.name == name }!].buffer.replace(with: text)
        return sheet.result
    }

    @Test func whatIsNotTouchedStaysAsItWas() throws {
        var settings = AnswerSettings()
        settings.sampling = Sampling(
            temperature: 1.5, topP: 0.9, topK: 40, minP: 0.05, repetitionPenalty: 1.1, frequencyPenalty: -0.5,
            presencePenalty: 2, seed: .max)
        settings.maxTokens = 7
        settings.system = "s"
        settings.stop = ["a|b", "\n\n"]
        settings.separator = "\\n###\n"
        #expect(try sheet(settings).result.get() == settings)
        #expect(try sheet().result.get() == AnswerSettings())
    }

    @Test func whatTheModelLearnedIsFilledIn() {
        #expect(sheet().text(.separator) == " ->")
        #expect(sheet().text(.stop) == #"\n"#)
    }

    @Test(arguments: [
        (Parameters.Field.Name.temperature, ["-0.1", "10.1", "warm", "nan", "inf", ""]), (.topP, ["0", "1.01"]),
        (.topK, ["-1", "1.5"]), (.minP, ["-0.1", "2"]), (.repetition, ["0", "11"]), (.frequency, ["-2.1", "2.1"]),
        (.presence, ["3"]), (.maxTokens, ["0", "-5", "many"]), (.seed, ["-1", "x"]), (.form, ["poem"]),
    ])
    func aValueOutOfItsRangeIsToldWithTheRange(name: Parameters.Field.Name, texts: [String]) {
        for text in texts {
            #expect(typed(name, text) == .failure(Parameters.Fault(field: name, text: name.range)), "\(name) \(text)")
        }
    }

    @Test(arguments: [
        (Parameters.Field.Name.temperature, ["0", "10", " 0.3 "]), (.topP, ["1", "1e-3"]), (.topK, ["0", "50"]),
        (.minP, ["0", "1"]), (.repetition, ["10"]), (.frequency, ["-2", "2"]), (.maxTokens, ["1"]),
        (.seed, ["", "18446744073709551615"]), (.form, ["text", "chat", "automatic"]),
    ])
    func theEndsOfARangeBelongToIt(name: Parameters.Field.Name, texts: [String]) {
        for text in texts { #expect((try? typed(name, text).get()) != nil, "\(name) \(text)") }
    }

    @Test func severalStopsAreWrittenWithBars() throws {
        #expect(try typed(.stop, #"\n|END|a\|b|\\n"#).get().stop == ["\n", "END", "a|b", #"\n"#])
        #expect(try typed(.stop, "").get().stop == [])
    }

    @Test func enterOnAWrongValueGoesToItsField() {
        var state = Deck.State(language: .english)
        state.tab = .ask
        state.ask.model = "m"
        _ = Deck.update(&state, .command(.answerSettings, rows: 1))
        _ = Deck.update(&state, .parameters(.fieldMoved(by: 3)))
        _ = Deck.update(&state, .text(.selectAll))
        _ = Deck.update(&state, .text(.insert("99")))
        _ = Deck.update(&state, .parameters(.fieldMoved(by: 1)))
        _ = Deck.update(&state, .command(.accept, rows: 1))
        guard case .parameters(let sheet)? = state.dialogs.last else {
            Issue.record("the sheet is gone")
            return
        }
        #expect(sheet.fields[sheet.active].name == .temperature)
        #expect(state.ask.settings == AnswerSettings())
        _ = Deck.update(&state, .command(.resetParameters, rows: 1))
        _ = Deck.update(&state, .text(.selectAll))
        _ = Deck.update(&state, .text(.insert("0.1")))
        _ = Deck.update(&state, .command(.accept, rows: 1))
        #expect(state.dialogs.isEmpty)
        #expect(state.ask.settings.sampling.temperature == 0.1)
    }

    @Test func severalModelsShareOnlyWhatIsMeantForAny() {
        let names = sheet(isForOne: false).fields.map(\.name)
        #expect(names.prefix(2) == [.form, .temperature])
        #expect(!names.contains(.separator))
    }

    @Test func theFormGoesRoundItsValues() {
        var sheet = sheet()
        Parameters.update(&sheet, .choiceChanged)
        #expect(sheet.text(.form) == "chat")
        Parameters.update(&sheet, .choiceChanged)
        Parameters.update(&sheet, .choiceChanged)
        #expect(sheet.text(.form) == "automatic")
    }
}
