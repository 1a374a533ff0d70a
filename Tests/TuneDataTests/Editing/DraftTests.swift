import Foundation
import Testing
import TuneModel

@testable import TuneData

/// A dataset, its draft, and the folder with the journal.
final class DraftScene {
    let scratch: Scratch
    let path: String
    private(set) var draft: Draft

    init(_ text: String, named name: String = "data.jsonl") throws {
        scratch = try Scratch(inMemory: true)
        path = try scratch.file(name, text)
        draft = try Draft(opening: path, journals: scratch.path("edits"))
    }

    /// Rows `{"prompt":"0","completion":" a"}`, and so on.
    convenience init(rows: Int) throws { try self.init(Self.rows(rows)) }

    static func rows(_ count: Int) -> String {
        (0..<count).map { #"{"prompt":"\#($0)","completion":" a"}"# + "\n" }.joined()
    }

    /// As after a new start.
    func reopen() throws {
        // The lock of a process ends with it; here it ends with the draft.
        draft = try DraftScene.placeholder(in: scratch)
        draft = try Draft(opening: path, journals: scratch.path("edits"))
    }

    private static func placeholder(in scratch: Scratch) throws -> Draft {
        let path = try scratch.file("placeholder.jsonl", "{}\n")
        return try Draft(opening: path, journals: scratch.path("placeholders"))
    }

    var texts: [String] { get throws { try DraftScene.texts(draft.dataset) } }

    static func texts(_ dataset: Dataset) throws -> [String] {
        try dataset.rows(in: 0..<dataset.count).map(\.text)
    }

    /// What stands for each row: its prompt.
    var prompts: [String] {
        get throws {
            try draft.dataset.rows(in: 0..<draft.dataset.count).map { row in
                guard case .completion(let prompt, _)? = row.record else { return row.text }
                return prompt
            }
        }
    }

    var journal: String { DraftFolder(scratch.path("edits"), of: path).journal }

    @discardableResult
    func apply(_ edit: RowEdit) throws -> Draft.Outcome { try draft.apply(edit) }
}

func rows(_ rows: Int...) -> RangeSet<Int> {
    var set = RangeSet<Int>()
    for row in rows { set.insert(contentsOf: row..<row + 1) }
    return set
}

func pair(_ prompt: String, _ completion: String = " a") -> Record {
    .completion(prompt: prompt, completion: completion)
}

struct DraftTests {
    @Test func rowsAreShownAsEditedAndTheFileStaysAsItWas() throws {
        let scene = try DraftScene(rows: 5)
        let before = try scene.scratch.text("data.jsonl")
        try scene.apply(.replace(row: 1, pair("one")))
        try scene.apply(.insert([pair("x"), pair("y")], before: 3))
        try scene.apply(.remove(rows(0, 6)))
        #expect(try scene.prompts == ["one", "2", "x", "y", "3"])
        #expect(try scene.draft.dataset.rows(in: 0..<5).map(\.isEdited) == [true, false, true, true, false])
        #expect(try scene.draft.dataset.rows(in: 0..<5).map(\.line) == [1, 2, 3, 4, 5])
        #expect(scene.draft.editedRows == rows(0, 2, 3))
        let status = scene.draft.status
        #expect(status.isChanged && status.editedRows == 3 && status.removedRows == 3)
        #expect(status.undo?.english == "delete 2 rows" && status.redo == nil)
        #expect(try scene.scratch.text("data.jsonl") == before)
    }

    @Test func everyEditCanBeTakenBackAndMadeAgain() throws {
        let scene = try DraftScene(rows: 6)
        var states = [try scene.texts]
        let edits: [RowEdit] = [
            .replace(row: 2, pair("two", " b")), .replaceText(row: 0, "{\n  \"prompt\": 1\n}"),
            .insert([pair("new")], before: 6), .insert([pair("first")], before: 0), .remove(rows(1, 3, 4)),
            .duplicate(rows(0, 1, 3)), .move(rows(0, 4), before: 3), .move(rows(5, 6), before: 0),
            .merge(rows(1, 2, 6)), .change(RangeSet(0..<6), .suffix("!", of: .completion)),
        ]
        for edit in edits {
            let outcome = try scene.apply(edit)
            #expect(outcome.count > 0 && outcome.title != nil, "\(edit)")
            states.append(try scene.texts)
        }
        for place in states.indices.reversed().dropFirst() {
            #expect(try scene.draft.undo() != nil)
            #expect(try scene.texts == states[place])
        }
        #expect(try scene.draft.undo() == nil)
        #expect(!scene.draft.status.isChanged)
        for place in states.indices.dropFirst() {
            #expect(try scene.draft.redo() != nil)
            #expect(try scene.texts == states[place])
        }
        #expect(try scene.draft.redo() == nil)
    }

    @Test func editsAndHistoryOutliveTheProcess() throws {
        let scene = try DraftScene(rows: 4)
        try scene.apply(.remove(rows(0)))
        try scene.apply(.replace(row: 0, pair("一")))
        try scene.apply(.insert([pair("x")], before: 1))
        _ = try scene.draft.undo()
        let (texts, status) = (try scene.texts, scene.draft.status)
        try scene.reopen()
        #expect(try scene.texts == texts)
        #expect(scene.draft.status == status)
        #expect(try scene.draft.redo() != nil)
        #expect(try scene.prompts == ["一", "x", "2", "3"])
        for _ in 0..<3 { #expect(try scene.draft.undo() != nil) }
        #expect(try scene.prompts == ["0", "1", "2", "3"])
        #expect(!scene.draft.status.isChanged)
    }

    @Test func anEditAfterUndoingForgetsWhatWasUndone() throws {
        let scene = try DraftScene(rows: 3)
        try scene.apply(.remove(rows(0)))
        _ = try scene.draft.undo()
        try scene.apply(.remove(rows(2)))
        #expect(try scene.draft.redo() == nil)
        try scene.reopen()
        #expect(try scene.prompts == ["0", "1"])
        #expect(try scene.draft.redo() == nil)
    }

    @Test func rowsGoWhereTheyAreMoved() throws {
        let scene = try DraftScene(rows: 6)
        try scene.apply(.move(rows(4, 5), before: 1))
        #expect(try scene.prompts == ["0", "4", "5", "1", "2", "3"])
        let outcome = try scene.apply(.move(rows(0, 2), before: 6))
        #expect(try scene.prompts == ["4", "1", "2", "3", "0", "5"])
        #expect(outcome.rows == rows(4, 5) && outcome.cursor == 4)
        #expect(try scene.apply(.move(rows(2, 3), before: 3)).count == 0)
        // Back where all were, nothing is edited any more.
        try scene.apply(.move(rows(4), before: 0))
        try scene.apply(.move(rows(1), before: 5))
        #expect(try scene.prompts == ["0", "1", "2", "3", "4", "5"])
        #expect(!scene.draft.status.isChanged)
    }

    @Test func outcomesTellWhichRowsAndWhereTheCursorBelongs() throws {
        let scene = try DraftScene(rows: 5)
        #expect(try scene.apply(.remove(rows(3, 4))).cursor == 2)
        let undone = try #require(try scene.draft.undo())
        #expect(undone.rows == rows(3, 4) && undone.cursor == 3)
        #expect(try scene.apply(.duplicate(rows(1, 2, 4))).rows == rows(3, 4, 7))
        #expect(try scene.prompts == ["0", "1", "2", "1", "2", "3", "4", "4"])
        #expect(try scene.apply(.replace(row: 0, pair("0"))).count == 0)
        #expect(try scene.apply(.change(RangeSet(0..<8), .strip())).rows == RangeSet(0..<8))
    }

    @Test func rowsThatAreNotThereAreRefused() throws {
        let scene = try DraftScene(rows: 2)
        for edit: RowEdit in [
            .replace(row: 2, pair("x")), .remove(rows(1, 2)), .insert([pair("x")], before: 3),
            .move(rows(0), before: 3), .duplicate(rows(9)), .merge(rows(0, 2)), .tag(rows(2), "x", true),
        ] {
            #expect(throws: DataError.self) { try scene.apply(edit) }
        }
        #expect(throws: DataError.emptyRow(file: scene.path)) { try scene.apply(.replaceText(row: 0, " \n ")) }
        #expect(!scene.draft.status.isChanged && scene.draft.status.undo == nil)
    }

    @Test func aSecondDraftOfTheSameFileOnlyLooks() throws {
        let scene = try DraftScene(rows: 3)
        try scene.apply(.remove(rows(0)))
        let second = try Draft(opening: scene.path, journals: scene.scratch.path("edits"))
        #expect(try DraftScene.texts(second.dataset) == scene.texts)
        #expect(second.status.isReadOnly)
        #expect(throws: DataError.heldElsewhere(file: scene.path)) { try second.apply(.remove(rows(0))) }
        #expect(throws: DataError.heldElsewhere(file: scene.path)) { try second.undo() }
        try scene.reopen()
        #expect(!scene.draft.status.isReadOnly)
    }

    @Test func theJournalIsForItsOwnerAlone() throws {
        let scene = try DraftScene(rows: 3)
        #expect(!FileManager.default.fileExists(atPath: scene.journal))
        try scene.apply(.remove(rows(0)))
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(scene.journal) == 0o600)
        #expect(try mode(scene.scratch.path("edits")) == 0o700)
    }

    @Test func aFolderThatCannotBeWrittenLeavesTheRowsToBeLookedAt() throws {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", DraftScene.rows(2))
        let blocked = try scratch.file("edits", "no folder")
        let draft = try Draft(opening: path, journals: blocked)
        #expect(draft.dataset.count == 2)
        guard case .unwritable? = draft.status.obstacle else {
            Issue.record("\(String(describing: draft.status.obstacle))")
            return
        }
        #expect(throws: DataError.self) { try draft.apply(.remove(rows(0))) }
    }

    @Test func rowsOfOtherFormatsAreEditedToo() throws {
        let scene = try DraftScene("prompt,completion\nq,a\nr,b\n", named: "table.csv")
        try scene.apply(.replace(row: 1, pair("R", "b")))
        #expect(try scene.prompts == ["q", "R"])
        try scene.reopen()
        #expect(try scene.prompts == ["q", "R"])
    }

    @Test func tagsFollowTheirRows() throws {
        let scene = try DraftScene(rows: 5)
        try scene.apply(.tag(rows(1, 3), "look", true))
        try scene.apply(.tag(rows(3), "bad", true))
        try scene.apply(.replace(row: 3, pair("three")))
        try scene.apply(.move(rows(3), before: 0))
        try scene.apply(.remove(rows(2)))
        #expect(scene.draft.tags(of: 0) == ["bad", "look"])
        #expect(scene.draft.status.tags == ["bad": 1, "look": 1])
        try scene.reopen()
        #expect(scene.draft.tags(of: 0) == ["bad", "look"] && scene.draft.tags(of: 2) == [])
        #expect(scene.draft.rows(tagged: "look") == rows(0))
        _ = try scene.draft.undo()
        #expect(scene.draft.rows(tagged: "look") == rows(0, 2))
        for _ in 0..<3 { _ = try scene.draft.undo() }
        #expect(scene.draft.status.tags == ["look": 2])
        #expect(try scene.apply(.tag(rows(1, 3), "look", false)).rows == rows(1, 3))
        #expect(scene.draft.status.tags == [:] && !scene.draft.status.isChanged)
    }
}
