import Foundation
import Testing
import TuneModel

@testable import TuneData

struct SaveTests {
    @Test func editedRowsComeIntoTheFileAndCanStillBeTakenBack() throws {
        let scene = try DraftScene(rows: 6)
        var states = [try scene.texts]
        for edit: RowEdit in [
            .replace(row: 1, pair("one")), .remove(rows(0, 3)), .insert([pair("x")], before: 2),
            .move(rows(0), before: 3), .tag(rows(1), "look", true), .remove(rows(4)),
        ] {
            try scene.apply(edit)
            states.append(try scene.texts)
        }
        let tags = scene.draft.status.tags
        try scene.draft.save()
        #expect(try scene.scratch.text("data.jsonl") == scene.texts.map { $0 + "\n" }.joined())
        #expect(!scene.draft.status.isChanged && scene.draft.status.editedRows == 0)
        #expect(scene.draft.status.tags == tags)
        for isNew in [false, true] {
            if isNew { try scene.reopen() }
            for state in states.dropLast().reversed() {
                #expect(try scene.draft.undo() != nil)
                #expect(try scene.texts == state)
            }
            #expect(try scene.draft.undo() == nil)
            #expect(scene.draft.status.isChanged && scene.draft.status.tags == [:])
            for state in states.dropFirst() {
                #expect(try scene.draft.redo() != nil)
                #expect(try scene.texts == state)
            }
            #expect(!scene.draft.status.isChanged && scene.draft.status.tags == tags)
        }
        // A state of before, saved again.
        for _ in 0..<4 { _ = try scene.draft.undo() }
        try scene.draft.save()
        #expect(try scene.scratch.text("data.jsonl") == states[2].map { $0 + "\n" }.joined())
        try scene.reopen()
        for state in states[..<2].reversed() {
            _ = try scene.draft.undo()
            #expect(try scene.texts == state)
        }
        for state in states.dropFirst() {
            _ = try scene.draft.redo()
            #expect(try scene.texts == state)
        }
    }

    @Test func whatWasNotTouchedStaysByteForByte() throws {
        let text = "\u{feff}{\"a\":1}\r\n\n{\"b\" : 1.0}\n  \r\n{\"c\":\"\\/\"}\r\n{\"d\":4}"
        func saved(_ edits: RowEdit...) throws -> String {
            let scene = try DraftScene(text)
            for edit in edits { try scene.apply(edit) }
            try scene.draft.save()
            return try scene.scratch.text("data.jsonl")
        }
        #expect(try saved() == text)
        #expect(try saved(.replaceText(row: 0, "{}")) == text.replacing(#"{"a":1}"#, with: "{}"))
        #expect(try saved(.replaceText(row: 2, "{}")) == text.replacing(#"{"c":"\/"}"#, with: "{}"))
        #expect(try saved(.replaceText(row: 3, "{}")) == text.replacing(#"{"d":4}"#, with: "{}"))
        #expect(try saved(.remove(rows(1))) == text.replacing("{\"b\" : 1.0}\n", with: ""))
        #expect(try saved(.remove(rows(3))) == text.replacing(#"{"d":4}"#, with: ""))
        #expect(try saved(.remove(rows(0, 1, 2, 3))) == "\u{feff}\n  \r\n")
        // New rows end as the one before them; the file's last line has no end as before.
        #expect(try saved(.duplicate(rows(0))) == text.replacing("{\"a\":1}\r\n", with: "{\"a\":1}\r\n{\"a\":1}\r\n"))
        #expect(try saved(.duplicate(rows(3))) == text + "\r\n{\"d\":4}")
        #expect(try saved(.move(rows(3), before: 0)) == "\u{feff}{\"d\":4}\r\n" + text.dropFirst().dropLast(7))
        #expect(
            try saved(.move(rows(1), before: 3))
                == text.replacing("{\"b\" : 1.0}\n", with: "").replacing(
                    "{\"c\":\"\\/\"}\r\n", with: "{\"c\":\"\\/\"}\r\n{\"b\" : 1.0}\r\n"))
    }

    @Test func tenThousandFilesComeThroughAsTheyWere() throws {
        let count = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == nil ? 10_000 : 100_000
        let scratch = try Scratch(inMemory: true)
        var source = SplitMix(state: 21)
        let path = scratch.path("d.jsonl")
        var rows = 0
        for number in 0..<count {
            let bytes = OddFile.bytes(&source)
            try scratch.file("d.jsonl", bytes: bytes)
            let dataset = try Dataset(opening: path)
            guard dataset.isEditable else { continue }
            rows += dataset.count
            let out = try PendingFile(for: path)
            try RowsWriter.write(Rope(rows: dataset.count), of: dataset, journal: nil, to: out, work: .quiet)
            let written = try out.reader()
            #expect(try written.bytes(in: 0..<written.size) == bytes, "file \(number)")
            // A row that goes and comes back is where it was.
            guard dataset.count > 0 else { continue }
            let row = Int.random(in: 0..<dataset.count, using: &source)
            let span = try dataset.span(of: row)
            var script = Script()
            script.add(.keep(row))
            script.add(.drop(0))
            script.add(.line(span.content))
            let rope = try #require(Rope(rows: dataset.count).applying(script))
            let again = try PendingFile(for: path)
            try RowsWriter.write(rope, of: dataset, journal: dataset.lines, to: again, work: .quiet)
            let replaced = try again.reader()
            #expect(try replaced.bytes(in: 0..<replaced.size) == bytes, "file \(number), row \(row)")
        }
        #expect(rows > count)
    }

    @Test func modeAndLinkStay() throws {
        let scene = try DraftScene(rows: 3)
        #expect(chmod(scene.path, 0o640) == 0)
        let link = scene.scratch.path("link.jsonl")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "data.jsonl")
        let draft = try Draft(opening: link, journals: scene.scratch.path("other"))
        _ = try draft.apply(.remove(rows(0)))
        try draft.save()
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "data.jsonl")
        #expect(try FileManager.default.attributesOfItem(atPath: scene.path)[.posixPermissions] as? Int == 0o640)
        #expect(try Dataset(opening: scene.path).count == 2)
        #expect(scene.scratch.names == ["data.jsonl", "edits", "link.jsonl", "other"])
    }

    private static func note(_ path: String, _ value: [UInt8]) -> Bool {
        let descriptor = open(path, O_RDWR)
        defer { close(descriptor) }
        return Attributes.set(descriptor, "user.note", value, value.count) == 0
    }

    private static let hasAttributes: Bool = {
        guard let scratch = try? Scratch(), let path = try? scratch.file("probe", "") else { return false }
        return note(path, [1])
    }()

    @Test(.enabled(if: hasAttributes, "this file system has no extended attributes"))
    func attributesStay() throws {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", DraftScene.rows(3))
        #expect(Self.note(path, Array("abc".utf8)))
        let draft = try Draft(opening: path, journals: scratch.path("edits"))
        _ = try draft.apply(.remove(rows(0)))
        try draft.save()
        var value = [UInt8](repeating: 0, count: 3)
        #expect(Attributes.get(path, "user.note", &value, 3) == 3)
        #expect(value == Array("abc".utf8))
    }

    @Test func aFileWithSeveralNamesIsNotReplaced() throws {
        let scene = try DraftScene(rows: 3)
        #expect(Foundation.link(scene.path, scene.scratch.path("second")) == 0)
        try scene.apply(.remove(rows(0)))
        #expect(throws: DataError.cannotKeep(file: scene.path, .names(2))) { try scene.draft.save() }
        #expect(try scene.scratch.text("second") == DraftScene.rows(3))
        #expect(scene.draft.status.isChanged)
    }

    @Test func otherFormatsAreSavedUnderAnotherName() throws {
        let scene = try DraftScene("prompt,completion\nq,a\nr,b\n", named: "table.csv")
        try scene.apply(.remove(rows(0)))
        let name = scene.scratch.path("table.jsonl")
        #expect(throws: DataError.needsOtherName(file: scene.path, extension: "csv", name: name)) {
            try scene.draft.save()
        }
        try scene.draft.save(.copy(to: name))
        #expect(try scene.scratch.text("table.jsonl") == scene.texts[0] + "\n")
        #expect(throws: DataError.nameTaken(file: name)) { try scene.draft.save(.copy(to: name)) }
        #expect(DraftCore.otherName(scene.path) == scene.scratch.path("table-2.jsonl"))
        #expect(try scene.scratch.text("table.csv") == "prompt,completion\nq,a\nr,b\n")
    }

    @Test func aFileThatOthersChangedIsNotOverwrittenUnlessWished() throws {
        let scene = try DraftScene(rows: 3)
        try scene.apply(.remove(rows(0)))
        try scene.scratch.file("theirs", "{}\n")
        #expect(rename(scene.scratch.path("theirs"), scene.path) == 0)
        #expect(throws: DataError.savedByOthers(file: scene.path)) { try scene.draft.save() }
        #expect(try scene.scratch.text("data.jsonl") == "{}\n")
        #expect(scene.draft.refresh().conflict == .changedMeanwhile)
        #expect(try scene.prompts == ["1", "2"])
        try scene.draft.save(.overwrite)
        #expect(try scene.prompts == ["1", "2"])
        #expect(try Dataset(opening: scene.path).count == 2)
        #expect(scene.draft.refresh().conflict == nil)
    }

    @Test func aFileThatOthersWroteIntoCannotBeBroughtBack() throws {
        let scene = try DraftScene(rows: 3)
        try scene.apply(.remove(rows(0)))
        try RecordWriter.append([pair("theirs")], to: scene.path)
        #expect(throws: DataError.savedByOthers(file: scene.path)) { try scene.draft.save() }
        #expect(throws: DataError.originalGone(file: scene.path)) { try scene.draft.save(.overwrite) }
        #expect(try Dataset(opening: scene.path).count == 4)
    }

    @Test func aSaveThatIsStoppedLeavesEverythingAsItWas() throws {
        let scene = try DraftScene(rows: 3)
        try scene.apply(.remove(rows(0)))
        #expect(throws: DataError.cancelled) { try scene.draft.save(work: DataWork(isCancelled: { true })) }
        #expect(try scene.scratch.text("data.jsonl") == DraftScene.rows(3))
        #expect(scene.scratch.names == ["data.jsonl", "edits"])
        #expect(scene.draft.status.isChanged)
    }
}
