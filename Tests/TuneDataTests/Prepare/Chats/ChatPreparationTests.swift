import Testing
import TuneModel

@testable import TuneData

struct ChatPreparationTests {
    private func prepare(
        _ lines: [String], _ options: PrepareOptions = PrepareOptions()
    ) throws -> (Preparation, Scratch) {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", lines.joined(separator: "\n") + "\n")
        return (try Preparation(analysing: Dataset(opening: path), options), scratch)
    }

    private func chat(_ turns: (String, String)...) -> String {
        let list = turns.map { #"{"role":"\#($0)","content":"\#($1)"}"# }.joined(separator: ",")
        return #"{"messages":[\#(list)]}"#
    }

    private func pair(_ question: String, _ better: String, _ worse: String) -> String {
        #"{"input":{"messages":[{"role":"user","content":"\#(question)"}]},"#
            + #""preferred_output":[{"role":"assistant","content":"\#(better)"}],"#
            + #""non_preferred_output":[{"role":"assistant","content":"\#(worse)"}]}"#
    }

    private func written(_ preparation: Preparation, _ scratch: Scratch) throws -> [String] {
        let files = try preparation.write()
        #expect(files.isWritten)
        return try scratch.text("data_prepared.jsonl").split(separator: "\n").map(String.init)
    }

    private let good = #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"#
    private let other = #"{"messages":[{"role":"user","content":"r"},{"role":"assistant","content":"b"}]}"#

    // MARK: - Nothing to do

    @Test func goodConversationsNeedNothing() throws {
        let (preparation, scratch) = try prepare([good, other])
        #expect(preparation.questions.isEmpty)
        #expect(!preparation.outcome.isChanged)
        #expect(preparation.outcome.task == .conversations)
        #expect(try !preparation.write().isWritten)
        #expect(scratch.names == ["data.jsonl"])
    }

    @Test func goodPreferencesNeedNothing() throws {
        let (preparation, _) = try prepare([pair("q", "a", "b"), pair("r", "a", "b")])
        #expect(preparation.questions.isEmpty)
        #expect(preparation.outcome.task == .preferences)
    }

    // MARK: - Repairs, one by one

    @Test func namesTheSpeakersAsModelsKnowThem() throws {
        var (preparation, scratch) = try prepare([
            chat(("human", "q"), ("GPT", "a")), good, chat(("robot", "x"), ("gpt", "y")),
        ])
        #expect(preparation.questions.map(\.id) == [.mapRoles, .removeUntrainable, .removeDuplicates, .write])
        let question = try #require(preparation.questions.first)
        #expect(question.count == 2)
        #expect(question.title.english.contains("human → user, GPT → assistant"))
        #expect(question.examples.first?.before.prompt == "human: q\nGPT: a")
        #expect(question.examples.first?.after?.prompt == "user: q\nassistant: a")
        // A robot may be anything.
        #expect(preparation.questions[1].rows == [2])
        #expect(try written(preparation, scratch) == [good])
        preparation.answer(.mapRoles, false)
        #expect(preparation.questions.first { $0.id == .removeUntrainable }?.rows == [0, 2])
    }

    @Test func dropsTurnsInWhichNothingIsSaid() throws {
        let (preparation, scratch) = try prepare([
            chat(("system", " "), ("user", "q"), ("assistant", "a"), ("user", ""), ("assistant", "")), other,
        ])
        #expect(preparation.questions.map(\.id) == [.removeEmptyTurns, .write])
        #expect(try written(preparation, scratch) == [good, other])
    }

    @Test func aTurnThatCallsAToolIsNotEmpty() throws {
        let call =
            #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]},"#
            + #"{"role":"tool","content":""},{"role":"assistant","content":"it is so"}],"tools":[{"type":"function"}]}"#
        let (preparation, _) = try prepare([call, good])
        #expect(preparation.questions.isEmpty)
    }

    @Test func joinsTurnsOfTheSameSpeaker() throws {
        let (preparation, scratch) = try prepare([chat(("user", "q"), ("user", "r"), ("assistant", "a")), good])
        #expect(preparation.questions.map(\.id) == [.joinTurns, .write])
        #expect(try written(preparation, scratch)[0] == chat(("user", #"q\n\nr"#), ("assistant", "a")))
    }

    @Test func turnsOfAnotherWeightStayApart() throws {
        let line =
            #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":0},"#
            + #"{"role":"assistant","content":"b","weight":1}]}"#
        let (preparation, _) = try prepare([line, good])
        #expect(!preparation.questions.contains { $0.id == .joinTurns })
    }

    @Test func takesOffOuterSpacesAndKeepsTheRest() throws {
        let line =
            #"{"id": 7, "messages": [{"name": "x", "role": "user", "content": " why\n"}, "#
            + #"{"role": "assistant", "content": "a", "weight": 1.50}], "tools": []}"#
        let (preparation, scratch) = try prepare([
            line, good, #"  {"messages" : [{"role":"user","content":"z"},{"role":"assistant","content":"z"}]}"#,
        ])
        #expect(preparation.questions.map(\.id) == [.stripText, .write])
        #expect(
            try written(preparation, scratch) == [
                #"{"id":7,"messages":[{"name":"x","role":"user","content":"why"},"#
                    + #"{"role":"assistant","content":"a","weight":1.50}],"tools":[]}"#,
                good, #"  {"messages" : [{"role":"user","content":"z"},{"role":"assistant","content":"z"}]}"#,
            ])
    }

    @Test func cleansTexts() throws {
        let (preparation, scratch) = try prepare([chat(("user", #"q\u001b[32m"#), ("assistant", #"a\u0007"#)), other])
        #expect(preparation.questions.map(\.id) == [.cleanText, .write])
        #expect(try written(preparation, scratch) == [good, other])
    }

    // MARK: - Removals

    @Test func removesWhatCannotBeTrained() throws {
        let (preparation, scratch) = try prepare([
            good, #"{"messages": [}"#, chat(("user", "only a question")), #"{"messages": 5}"#, #"{"text": "x"}"#, other,
        ])
        #expect(preparation.questions.map(\.id) == [.removeUntrainable, .write])
        #expect(preparation.questions[0].rows == [1, 2, 3, 4])
        #expect(preparation.questions[0].examples.first?.before.prompt.contains("[}") == true)
        #expect(try written(preparation, scratch) == [good, other])
    }

    @Test func noKeepsWhatCannotBeTrainedAsItIs() throws {
        var (preparation, _) = try prepare([good, #"{"messages": [}"#])
        preparation.answer(.removeUntrainable, false)
        #expect(!preparation.outcome.isChanged)
    }

    @Test func removesDuplicatesOfWhatIsRepaired() throws {
        let (preparation, scratch) = try prepare([
            good, #"{"messages":[{"role":"user","content":"q "},{"role":"assistant","content":"a"}]}"#, other,
        ])
        #expect(preparation.questions.map(\.id) == [.stripText, .removeDuplicates, .write])
        #expect(try written(preparation, scratch) == [good, other])
    }

    @Test func offersNearDuplicatesButSuggestsToKeepThem() throws {
        let text = "The quick brown fox jumps over the lazy dog, and then it rests under a tree for the whole afternoon"
        let lines = [chat(("user", "q"), ("assistant", text)), chat(("user", "q"), ("assistant", text + "."))]
        var (preparation, scratch) = try prepare(lines)
        #expect(preparation.questions.map(\.id) == [.removeNear])
        #expect(preparation.questions[0].suggestion == false)
        #expect(!preparation.outcome.isChanged)
        preparation.answer(.removeNear, true)
        #expect(try written(preparation, scratch) == [lines[0]])
        let (blind, _) = try prepare(lines, .classic)
        #expect(blind.questions.isEmpty)
    }

    @Test func removesPairsWithNothingToPrefer() throws {
        let (preparation, scratch) = try prepare([pair("q", "a", "a "), pair("q", "a", "b")])
        #expect(preparation.questions.map(\.id) == [.stripText, .removeEqualAnswers, .write])
        #expect(try written(preparation, scratch) == [pair("q", "a", "b")])
    }

    @Test func removesWhatTheModelCannotTake() throws {
        let measure = TokenMeasure(
            model: "tiny", context: 100, pieces: { _ in [] },
            count: { record in
                guard case .chat(let messages) = record else { return TokenCount(all: 0, trained: 0) }
                let all = messages.reduce(0) { $0 + $1.content.utf8.count }
                return TokenCount(all: all, trained: all)
            })
        let long = chat(("user", String(repeating: "x", count: 100)), ("assistant", "a"))
        let full = chat(("user", String(repeating: "x", count: 99)), ("assistant", "a"))
        let (preparation, scratch) = try prepare(
            [long, full], PrepareOptions(check: CheckOptions(near: nil, measure: measure)))
        #expect(preparation.questions.map(\.id) == [.removeTooLong, .write])
        #expect(preparation.notices.contains { $0.id == "over-long" && $0.rows == [0] })
        #expect(try written(preparation, scratch) == [full])
    }

    // MARK: - System prompt

    @Test func offersOneSystemPromptWhereTheyDiffer() throws {
        let a = chat(("system", "Be brief."), ("user", "1"), ("assistant", "a"))
        let b = chat(("system", "Be brief."), ("user", "2"), ("assistant", "b"))
        let c = chat(("system", "Be long."), ("user", "3"), ("assistant", "c"))
        let d = chat(("user", "4"), ("assistant", "d"))
        var (preparation, scratch) = try prepare([a, b, c, d])
        #expect(preparation.questions.map(\.id) == [.setSystem])
        #expect(preparation.questions[0].count == 2)
        #expect(!preparation.questions[0].isAccepted)
        preparation.answer(.setSystem, true)
        #expect(
            try written(preparation, scratch) == [
                a, b, chat(("system", "Be brief."), ("user", "3"), ("assistant", "c")),
                chat(("system", "Be brief."), ("user", "4"), ("assistant", "d")),
            ])
    }

    @Test func setsTheSystemPromptThatWasTold() throws {
        let (preparation, scratch) = try prepare([good], PrepareOptions(system: "S"))
        #expect(preparation.questions.map(\.id) == [.setSystem, .write])
        #expect(preparation.questions[0].isAccepted)
        #expect(try written(preparation, scratch) == [chat(("system", "S"), ("user", "q"), ("assistant", "a"))])
    }

    // MARK: - Other layouts

    @Test func turnsOtherSpellingsOfConversationsIntoMessages() throws {
        let line =
            #"{"id":"x1","system":"S","conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}"#
        let (preparation, scratch) = try prepare([line])
        #expect(preparation.notices.contains { $0.id == "other-layout" })
        #expect(preparation.questions.map(\.id) == [.mapRoles, .write])
        #expect(
            try written(preparation, scratch) == [
                #"{"messages":[{"role":"system","content":"S"},{"role":"user","content":"q"},"#
                    + #"{"role":"assistant","content":"a"}],"id":"x1"}"#
            ])
    }

    @Test func turnsChosenAndRejectedIntoPreferences() throws {
        let whole =
            #"{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"#
            + #""rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}"#
        let (preparation, scratch) = try prepare([#"{"prompt":"q","chosen":"a","rejected":"b","score":1}"#, whole])
        #expect(preparation.outcome.task == .preferences)
        #expect(preparation.questions.map(\.id) == [.removeDuplicates, .write])
        #expect(try written(preparation, scratch) == [pair("q", "a", "b").dropLast() + #","score":1}"#])
    }

    // MARK: - Setting apart

    @Test func setsRecordsApartInGroups() throws {
        let lines = (0..<200).map { chat(("user", "q\($0 / 4)"), ("assistant", "answer \($0)")) }
        var (preparation, scratch) = try prepare(lines)
        #expect(preparation.questions.map(\.id) == [.setApart])
        #expect(preparation.questions[0].suggestion == false)
        preparation.answer(.setApart, true)
        #expect(preparation.questions.map(\.id) == [.setApart, .write])
        let files = try preparation.write()
        #expect(files.trainingRecords + files.validationRecords == 200)
        #expect(files.validationRecords == 20)
        let train = try Dataset(opening: scratch.path("data_prepared_train.jsonl"))
        let valid = try Dataset(opening: scratch.path("data_prepared_valid.jsonl"))
        #expect(try LeakCheck.findings(of: valid, against: train).map(\.id) == ["no-leaks"])
    }

    // MARK: - Answers

    @Test func aRecipeGivesTheSameBytesAgain() throws {
        let lines = [
            chat(("human", " q1"), ("gpt", "a")), chat(("user", "q2"), ("assistant", "b")), good, good,
            chat(("user", "no answer")),
        ]
        var (preparation, scratch) = try prepare(lines)
        preparation.answer(.stripText, false)
        preparation.answer(.removeDuplicates, false)
        preparation.acceptRest()
        let first = try written(preparation, scratch)
        let recorded = try RecordedAnswers(reading: scratch.path("data_prepared.recipe.json"))
        var again = try Preparation(analysing: Dataset(opening: scratch.path("data.jsonl")))
        #expect(recorded.answer(&again) == RecordedAnswers.Rest())
        #expect(try recorded.isSame(again.dataset) == true)
        let files = try again.write()
        #expect(try scratch.text("data_prepared (1).jsonl").split(separator: "\n").map(String.init) == first)
        #expect(files.trainingRecords == 4)
    }

    @Test func answersThatDoNotFitAreTold() throws {
        var (preparation, scratch) = try prepare([chat(("human", "q"), ("gpt", "a"))])
        let path = try scratch.file(
            "answers.json",
            #"{"answers": [{"id": "map-roles", "answer": "no"}, {"id": "add-space", "answer": "yes"}, {"id": "dance", "answer": "y"}]}"#
        )
        let rest = try RecordedAnswers(reading: path).answer(&preparation)
        #expect(rest.unknown == ["dance"])
        #expect(rest.unasked == [.addSpace])
        #expect(rest.unanswered == [.removeUntrainable])
        #expect(preparation.answers[.mapRoles] == false)
    }

    @Test(arguments: ["", "[]", "{}", #"{"answers": [{"id": "split", "answer": "perhaps"}]}"#, #"{"answers": 3}"#])
    func whatHoldsNoAnswersIsRefused(_ text: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("answers.json", text)
        #expect(throws: DataError.self) { try RecordedAnswers(reading: path) }
    }
}
