import Foundation
import Testing
import TuneModel

@testable import TuneData

/// A file that others changed while it had edits here.
struct ReloadTests {
    private enum Manner: CaseIterable {
        /// They put another file in its place.
        case replaced
        /// They wrote into it.
        case writtenInto
        /// They did so while it was not open here.
        case closed
    }

    /// Edits ten rows, then has others change the file.
    private func scene(_ manner: Manner, _ theirs: String, _ edits: [RowEdit]) throws -> DraftScene {
        let scene = try DraftScene(rows: 10)
        for edit in edits { try scene.apply(edit) }
        if manner == .writtenInto {
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: scene.path))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data(theirs.utf8))
            try handle.close()
        } else {
            try scene.scratch.file("theirs", theirs)
            #expect(rename(scene.scratch.path("theirs"), scene.path) == 0)
        }
        if manner == .closed {
            try scene.reopen()
            #expect(scene.draft.status.conflict == .stranded(changes: edits.count))
            #expect(throws: DataError.editsStranded(file: scene.path)) { try scene.apply(.remove(rows(0))) }
        } else {
            #expect(scene.draft.refresh().conflict == .changedMeanwhile)
        }
        if manner == .writtenInto {
            #expect(throws: DataError.savedByOthers(file: scene.path)) { try scene.apply(.remove(rows(0))) }
        }
        return scene
    }

    private func text(_ prompts: [String]) -> String {
        prompts.map { #"{"prompt":"\#($0)","completion":" a"}"# + "\n" }.joined()
    }

    private static let edits: [RowEdit] = [
        .replace(row: 2, pair("two")), .remove(rows(4, 5)), .insert([pair("x"), pair("y")], before: 5),
        .tag(rows(0, 2), "look", true), .insert([pair("end")], before: 10),
    ]

    @Test(arguments: Manner.allCases) private func editsAreMadeAgainWhereTheirRowsStand(_ manner: Manner) throws {
        // They put a row on top, took 7 out, and added one.
        let theirs = text(["top", "0", "1", "2", "3", "4", "5", "6", "8", "9", "new"])
        let scene = try scene(manner, theirs, Self.edits)
        let outcome = try scene.draft.reload(keepingEdits: true)
        #expect(outcome.unplaced == 0)
        #expect(try scene.prompts == ["top", "0", "1", "two", "3", "6", "x", "y", "8", "9", "new", "end"])
        #expect(scene.draft.rows(tagged: "look") == rows(1, 3))
        #expect(scene.draft.refresh().conflict == nil && scene.draft.status.isChanged)
        let texts = try scene.texts
        try scene.reopen()
        #expect(try scene.texts == texts)
        try scene.draft.save()
        #expect(try scene.scratch.text("data.jsonl") == texts.map { $0 + "\n" }.joined())
        _ = try scene.draft.undo()
        #expect(try scene.prompts == ["top", "0", "1", "2", "3", "4", "5", "6", "8", "9", "new"])
    }

    @Test(arguments: Manner.allCases) private func editsWithoutAPlaceAreTold(_ manner: Manner) throws {
        let theirs = text(["0", "1", "zwei", "3", "5"])
        let scene = try scene(manner, theirs, Self.edits)
        let outcome = try scene.draft.reload(keepingEdits: true)
        #expect(outcome.unplaced == 1)
        #expect(outcome.unplacedTexts == [#"{"prompt":"two","completion":" a"}"#])
        #expect(try scene.prompts.filter { ["two", "5"].contains($0) } == [])
        #expect(try scene.prompts.filter { ["x", "y", "end", "zwei"].contains($0) }.count == 4)
    }

    @Test(arguments: Manner.allCases) private func theirVersionCanBeTaken(_ manner: Manner) throws {
        let theirs = text(["0", "1", "3"])
        let scene = try scene(manner, theirs, Self.edits)
        try scene.draft.reload(keepingEdits: false)
        #expect(try scene.prompts == ["0", "1", "3"])
        #expect(!scene.draft.status.isChanged && scene.draft.status.undo == nil)
        #expect(scene.draft.status.tags == ["look": 1])
        try scene.reopen()
        #expect(scene.draft.status.tags == ["look": 1] && scene.draft.status.conflict == nil)
        try scene.apply(.remove(rows(0)))
        #expect(try scene.prompts == ["1", "3"])
    }

    @Test func movedRowsAreMovedAgain() throws {
        let scene = try scene(
            .replaced, text(["0", "1", "2", "new", "3", "4", "5", "6", "7", "8", "9"]),
            [.move(rows(8, 9), before: 0), .remove(rows(4))])
        #expect(try scene.draft.reload(keepingEdits: true).unplaced == 0)
        #expect(try scene.prompts == ["8", "9", "0", "1", "new", "3", "4", "5", "6", "7"])
    }

    @Test func rowsThatSayTheSameAreToldApartByTheirOrder() throws {
        let scene = try DraftScene(text(["a", "a", "a", "b"]))
        try scene.apply(.replace(row: 1, pair("second")))
        try scene.scratch.file("theirs", text(["a", "a", "a", "b", "c"]))
        #expect(rename(scene.scratch.path("theirs"), scene.path) == 0)
        try scene.draft.reload(keepingEdits: true)
        #expect(try scene.prompts.filter { $0 == "a" }.count == 2)
        #expect(try scene.prompts.contains("second"))
    }

    @Test func tagsAloneNeedNoDecision() throws {
        let scene = try DraftScene(rows: 4)
        try scene.apply(.tag(rows(1, 2), "look", true))
        try scene.scratch.file("theirs", text(["9", "2", "1"]))
        #expect(rename(scene.scratch.path("theirs"), scene.path) == 0)
        try scene.reopen()
        #expect(scene.draft.status.conflict == nil)
        #expect(scene.draft.rows(tagged: "look") == rows(1, 2))
        try scene.reopen()
        #expect(scene.draft.rows(tagged: "look") == rows(1, 2))
    }
}
