import Testing
import TuneModel

@testable import TuneData

struct PreparationTests {
    private func prepare(_ text: String, name: String = "data.jsonl") throws -> (Preparation, Scratch) {
        let scratch = try Scratch()
        return (try Preparation(analysing: Dataset(opening: try scratch.file(name, text))), scratch)
    }

    private func error(_ text: String) -> DataError? {
        do { _ = try prepare(text) } catch { return error as? DataError }
        return nil
    }

    // MARK: - Faults of the classic tool

    @Test func removesTheLongRecordAndNoOther() throws {
        for name in ["long-after-empty", "long-behind-empty"] {
            let (preparation, scratch) = try prepare(try fixture("\(name).jsonl"))
            let input = try fixture("\(name).jsonl").split(separator: "\n")
            let kept = input.filter { $0.utf8.count < 10_000 && !$0.contains("\"completion\": \"\"") }
            _ = try preparation.write()
            let lines = try scratch.text("data_prepared.jsonl").split(separator: "\n")
            #expect(lines.count == kept.count)
            #expect(lines.allSatisfy { $0.utf8.count < 10_000 })
        }
    }

    @Test func leavesOutARecordOfWhichNothingIsLeftAndSaysSo() throws {
        let (preparation, scratch) = try prepare(
            pairs([("a", "Answer:"), ("b", "Answer:x"), ("c", "Answer:y")]))
        var answered = preparation
        answered.answer(.addEnding, false)
        _ = try answered.write()
        #expect(answered.notices.first { $0.id == "emptied-completion" }?.rows == [0])
        #expect(answered.outcome.records == 2)
        #expect(
            try scratch.text("data_prepared.jsonl")
                == #"{"prompt":"b ->","completion":" x"}"# + "\n" + #"{"prompt":"c ->","completion":" y"}"# + "\n")
    }

    @Test func keepsAClassWhoseNameAllOthersBeginWith() throws {
        let rows = (0..<12).map { ("text \($0)", $0 % 2 == 0 ? " class 1" : " class 10") }
        let (preparation, scratch) = try prepare(pairs(rows))
        #expect(preparation.notices.first { $0.id == "emptied-completion" }?.count == 6)
        var answered = preparation
        answered.answer(.split, false)
        _ = try answered.write()
        let completions = try scratch.text("data_prepared.jsonl").split(separator: "\n").map {
            String($0.split(separator: ":").last!)
        }
        #expect(Set(completions) == [#"" 1"}"#, #"" 10"}"#])
    }

    @Test func preparesAFileOfOneRecord() throws {
        let (preparation, scratch) = try prepare(#"{"prompt": "a", "completion": "b"}"#)
        _ = try preparation.write()
        #expect(try scratch.text("data_prepared.jsonl") == #"{"prompt":"a ->","completion":" b\n"}"# + "\n")
    }

    @Test func anEmptyFileHasNoRecords() {
        guard case .noRecords = error("") else {
            Issue.record("no error")
            return
        }
        guard case .noRecords = error("\n \n\r\n") else {
            Issue.record("no error")
            return
        }
    }

    @Test func nullAndMissingValuesAreFindingsAndNeverText() throws {
        let (preparation, scratch) = try prepare(
            #"{"prompt": "p", "completion": "some text"}"# + "\n" + #"{"prompt": null, "completion": "x"}"# + "\n"
                + #"{"prompt": "z", "completion": null}"# + "\n" + #"{"completion": "y"}"# + "\n"
                + #"{"prompt": "q"}"# + "\n" + #"{"prompt": "r", "completion": "NA"}"#)
        #expect(preparation.notices.first { $0.id == "missing-prompt" }?.rows == [1, 3])
        #expect(preparation.notices.first { $0.id == "missing-completion" }?.rows == [2, 4])
        _ = try preparation.write()
        #expect(
            try scratch.text("data_prepared.jsonl")
                == #"{"prompt":"p ->","completion":" some text\n"}"# + "\n"
                + #"{"prompt":"r ->","completion":" NA\n"}"# + "\n")
    }

    @Test func classesGetNoStopHint() throws {
        let names = [" alpha", " beta", " gamma"]
        let (preparation, _) = try prepare(pairs((0..<12).map { ("text \($0)", names[$0 % 3]) }))
        #expect(preparation.outcome.task == .classification(classes: 3))
        #expect(preparation.outcome.ending == nil)
    }

    @Test func lowerCasingLeavesSeparatorsAndEndingsAlone() throws {
        let (preparation, scratch) = try prepare(
            pairs((0..<4).map { ("TELL ME \($0) IN", " OK\($0) END") }))
        _ = try preparation.write()
        #expect(
            try scratch.text("data_prepared.jsonl").split(separator: "\n").first
                == #"{"prompt":"tell me 0 IN","completion":" ok0 END"}"#)
    }

    @Test func noMeansNo() throws {
        var (preparation, scratch) = try prepare(pairs([("a", "x"), ("b", "y"), ("c", "z")]))
        for question in preparation.questions where question.id != .write { preparation.answer(question.id, false) }
        #expect(!preparation.outcome.isChanged)
        #expect(preparation.questions.last?.id != .write)
        #expect(try !preparation.write().isWritten)
        #expect(scratch.names == ["data.jsonl"])
    }

    // MARK: - Questions

    @Test func questionsFollowEarlierAnswers() throws {
        var (preparation, _) = try prepare(pairs([("a", "x"), ("b", "y"), ("a", "x"), ("c", "z")]))
        #expect(preparation.questions.map(\.id) == [.removeDuplicates, .addSeparator, .addEnding, .addSpace, .write])
        #expect(preparation.questions.map(\.count) == [1, 3, 3, 3, 3])
        preparation.answer(.removeDuplicates, false)
        #expect(preparation.questions.map(\.count) == [1, 4, 4, 4, 4])
        preparation.answer(.addEnding, false)
        let space = try #require(preparation.questions.first { $0.id == .addSpace })
        #expect(space.examples.map(\.after?.completion) == [" x", " y", " x"])
        preparation.answer(.addEnding, true)
        #expect(preparation.questions.first { $0.id == .addSpace }?.examples.first?.before.completion == "x\n")
    }

    @Test func aRemovedRecordHasNoAfter() throws {
        let (preparation, _) = try prepare(pairs([("a", "x"), ("b", "y"), ("a", "x")]))
        let question = try #require(preparation.questions.first)
        #expect(question.rows == [2])
        #expect(question.examples.map(\.row) == [2])
        #expect(question.examples.first?.before.prompt == "a")
        #expect(question.examples.first?.after == nil)
    }

    @Test func cleaningIsAskedFirstAndChangesWhatFollows() throws {
        var (preparation, scratch) = try prepare(
            #"{"prompt":"a\u001b[32m","completion":"\u001b[33mAnswer\u001b[m x\u0007"}"# + "\n"
                + #"{"prompt":"b\u001b[32m","completion":"\u001b[33mAnother\u001b[m y\ud83d"}"# + "\n")
        #expect(preparation.questions.map(\.id) == [.cleanText, .addSeparator, .addEnding, .addSpace, .write])
        preparation.answer(.cleanText, false)
        // Uncleaned, the escapes are what the texts have in common.
        #expect(
            preparation.questions.map(\.id) == [.cleanText, .removeCompletionPrefix, .addEnding, .addSpace, .write])
        preparation.withdraw(.cleanText)
        _ = try preparation.write()
        #expect(
            try scratch.text("data_prepared.jsonl")
                == #"{"prompt":"a ->","completion":" Answer x\n"}"# + "\n"
                + #"{"prompt":"b ->","completion":" Another y"# + "\u{fffd}" + #"\n"}"# + "\n")
    }

    @Test func loneSurrogatesAndControlsAreKeptWhereCleaningIsDeclined() throws {
        var (preparation, scratch) = try prepare(
            #"{"prompt":"a ->","completion":" x\ud83d\u0000."}"# + "\n" + #"{"prompt":"b ->","completion":"y\u001b."}"#)
        preparation.answer(.cleanText, false)
        _ = try preparation.write()
        #expect(
            try scratch.text("data_prepared.jsonl")
                == #"{"prompt":"a ->","completion":" x\ud83d\u0000."}"# + "\n"
                + #"{"prompt":"b ->","completion":" y\u001b."}"# + "\n")
    }

    @Test func manyMergedByLowerCasingBecomeClasses() throws {
        let spellings = ["YES", "Yes", "YEs", "YeS", "yES", "NO", "No", "nO"]
        var (preparation, _) = try prepare(pairs((0..<16).map { ("text \($0)?", " " + spellings[$0 % 8]) }))
        #expect(preparation.outcome.task == .classification(classes: 2))
        preparation.answer(.lowercaseCompletions, false)
        #expect(preparation.outcome.task == .conditional)
        #expect(!preparation.questions.contains { $0.id == .split })
    }

    @Test func emptyPromptsMeanFreeWriting() throws {
        let (preparation, _) = try prepare(pairs([("", " one"), ("", " two")]))
        #expect(preparation.outcome.task == .openEnded)
        #expect(preparation.outcome.separator == nil)
        #expect(!preparation.outcome.isChanged)
    }

    @Test func otherSpellingsAndOtherKeysAreMended() throws {
        let (preparation, scratch) = try prepare(
            #"{"id": 1, "Prompt": "a", "COMPLETION": "x"}"# + "\n" + #"{"Prompt": "b", "COMPLETION": "y", "n": []}"#)
        #expect(preparation.notices.count { $0.id == "renamed-key" } == 2)
        _ = try preparation.write()
        #expect(
            try scratch.text("data_prepared.jsonl")
                == #"{"prompt":"a ->","completion":" x\n"}"# + "\n" + #"{"prompt":"b ->","completion":" y\n"}"# + "\n")
    }

    // MARK: - What cannot be prepared

    @Test func saysWhatIsWrongAndWhere() {
        guard case .identicalPrompts(_, 2) = error(pairs([("a", "x"), ("a", "y")])) else {
            Issue.record("identical prompts")
            return
        }
        guard case .identicalCompletions(_, 2) = error(pairs([("a", "x"), ("b", "x")])) else {
            Issue.record("identical completions")
            return
        }
        guard case .missingColumn(_, "completion", ["prompt", "answer"]) = error(#"{"prompt": "a", "answer": "b"}"#)
        else {
            Issue.record("missing column")
            return
        }
        guard
            case .notJSON(_, 3, 12, .expectedValue) = error(
                "{\"prompt\": \"a\", \"completion\": \"b\"}\n\n{\"prompt\": ,}")
        else {
            Issue.record("broken line")
            return
        }
        guard case .nothingUsable(_, 1) = error(#"{"messages": []}"#) else {
            Issue.record("chat")
            return
        }
        guard case .nothingUsable(_, 1) = error(#"{"prompt": "a", "completion": ""}"#) else {
            Issue.record("nothing usable")
            return
        }
        #expect(throws: DataError.fileMissing(file: "/nowhere/x.jsonl")) { try Dataset(opening: "/nowhere/x.jsonl") }
        #expect(throws: DataError.unknownFormat(file: "a.xml", extension: "xml")) {
            try Dataset(opening: "a.xml", reading: ReadingOptions(recognition: .byName))
        }
        #expect(throws: DataError.unknownFormat(file: "a", extension: "")) {
            try Dataset(opening: "a", reading: ReadingOptions(recognition: .byName))
        }
    }

    @Test func badDataEndsWithItsOwnStatus() {
        #expect(DataError.fileMissing(file: "a").exitStatus == .badData)
        #expect(DataError.noRecords(file: "a").exitStatus == .badData)
        #expect(DataError.cancelled.exitStatus == .interrupted)
    }

    // MARK: - Writing

    @Test func neverTakesANameThatIsTaken() throws {
        let (preparation, scratch) = try prepare(pairs([("a", "x"), ("b", "y")]))
        try scratch.file("data_prepared.jsonl", "mine")
        try scratch.file("data_prepared (1).jsonl", "mine too")
        let files = try preparation.write()
        #expect(files.training == scratch.path("data_prepared (2).jsonl"))
        #expect(files.recipe == scratch.path("data_prepared (2).recipe.json"))
        #expect(try scratch.text("data_prepared.jsonl") == "mine")
    }

    @Test func splitFilesShareTheirNumber() throws {
        let (preparation, scratch) = try prepare(pairs((0..<10).map { ("text \($0)", $0 % 2 == 0 ? " a" : " b") }))
        try scratch.file("data_prepared_valid.jsonl", "mine")
        let files = try preparation.write()
        #expect(files.training == scratch.path("data_prepared_train (1).jsonl"))
        #expect(files.validation == scratch.path("data_prepared_valid (1).jsonl"))
        #expect(files.recipe == scratch.path("data_prepared (1).recipe.json"))
    }

    @Test func leavesNothingBehindWhenStopped() throws {
        let (preparation, scratch) = try prepare(pairs([("a", "x"), ("b", "y")]))
        #expect(throws: DataError.cancelled) { try preparation.write(work: DataWork(isCancelled: { true })) }
        #expect(scratch.names == ["data.jsonl"])
    }

    @Test func refusesAFileThatChangedMeanwhile() throws {
        let (preparation, scratch) = try prepare(pairs([("a", "x"), ("b", "y")]))
        try scratch.file("data.jsonl", pairs([("a", "x")]))
        #expect(throws: DataError.changedMeanwhile(file: scratch.path("data.jsonl"))) { try preparation.write() }
        #expect(scratch.names == ["data.jsonl"])
    }

    @Test func recipeTellsInputAnswersAndOutput() throws {
        var (preparation, scratch) = try prepare(pairs([("a", "x"), ("b", "y")]))
        preparation.answer(.addSpace, false)
        _ = try preparation.write()
        let recipe = try scratch.text("data_prepared.recipe.json")
        // Of `{"prompt":"a","completion":"x"}` and `{"prompt":"b","completion":"y"}`, each with a line end.
        #expect(recipe.contains("cfdce23cf32fb83469e532b61751f05f1c4ba3d0c30be058b7708f677f1b99f9"))
        #expect(recipe.contains(#""id" : "add-space""#))
        #expect(recipe.contains(#""answer" : "no""#))
        #expect(recipe.contains(#""file" : "data_prepared.jsonl""#))
    }
}
