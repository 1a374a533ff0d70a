import Foundation
import Testing
import TuneModel

@testable import TuneData

/// What a journal is worth that was cut, torn or damaged.
struct JournalTests {
    /// A draft with a history, the states that it went through, and its journal.
    private func history(_ seed: UInt64) throws -> (scene: DraftScene, states: Set<[String]>, journal: [UInt8]) {
        let scene = try DraftScene(rows: 8)
        var source = SplitMix(state: seed)
        var states: Set<[String]> = [try scene.texts]
        for number in 0..<14 {
            let count = scene.draft.dataset.count
            let row = Int.random(in: 0..<count, using: &source)
            switch Int.random(in: 0..<8, using: &source) {
            case 0: _ = try scene.draft.undo()
            case 1: _ = try scene.draft.redo()
            case 2: try scene.apply(.insert([pair("new \(number)")], before: row))
            case 3: try scene.apply(.duplicate(rows(row)))
            case 4 where count > 3: try scene.apply(.remove(rows(row)))
            case 5: try scene.apply(.move(rows(row), before: 0))
            case 6: try scene.apply(.tag(rows(row), "look", true))
            default: try scene.apply(.replace(row: row, pair("edited \(number)")))
            }
            states.insert(try scene.texts)
        }
        return (scene, states, try Array(Data(contentsOf: URL(fileURLWithPath: scene.journal))))
    }

    private func put(_ bytes: [UInt8], _ scene: DraftScene) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: scene.scratch.path("journal")))
        #expect(rename(scene.scratch.path("journal"), scene.journal) == 0)
        try scene.reopen()
    }

    @Test(arguments: 0..<6 as Range<UInt64>) func anyPrefixLeadsToAStateThatWasPassedThrough(_ seed: UInt64) throws {
        let (scene, states, journal) = try history(seed)
        var seen: Set<[String]> = []
        for count in Journal.magic.count...journal.count {
            try put(Array(journal[..<count]), scene)
            let texts = try scene.texts
            #expect(states.contains(texts), "\(count) bytes")
            seen.insert(texts)
            // It can be gone on with, and that holds.
            guard count % 7 == 0 else { continue }
            try scene.apply(.insert([pair("more")], before: 0))
            try scene.reopen()
            #expect(try scene.texts == [#"{"prompt":"more","completion":" a"}"#] + texts)
        }
        #expect(seen == states)
    }

    @Test func aByteThatIsNotAsWrittenCutsTheJournalThere() throws {
        let (scene, states, journal) = try history(3)
        let whole = try scene.texts
        var source = SplitMix(state: 1)
        for place in 0..<journal.count {
            var damaged = journal
            damaged[place] ^= UInt8.random(in: 1...255, using: &source)
            try put(damaged, scene)
            #expect(states.contains(try scene.texts), "byte \(place)")
            if place >= Journal.magic.count { #expect(scene.draft.status.cutBytes > 0, "byte \(place)") }
        }
        try put(journal, scene)
        #expect(try scene.texts == whole && scene.draft.status.cutBytes == 0)
    }

    @Test func whatStandsBehindTheEndDoesNotComeBack() throws {
        let (scene, _, journal) = try history(4)
        let texts = try scene.texts
        // The rest of a write that never ended, longer than what comes in its place.
        try put(journal + [UInt8](repeating: 0xaa, count: 5000), scene)
        #expect(scene.draft.status.cutBytes == 5000)
        try scene.apply(.remove(rows(0)))
        try scene.reopen()
        #expect(try scene.texts == Array(texts.dropFirst()) && scene.draft.status.cutBytes == 0)
        // A frame of another place is no frame.
        let grown = try Array(Data(contentsOf: URL(fileURLWithPath: scene.journal)))
        try put(grown + grown[journal.count...], scene)
        #expect(try scene.texts == Array(texts.dropFirst()))
    }

    @Test func aJournalThatIsNoneIsPutAside() throws {
        let scene = try DraftScene(rows: 3)
        try scene.apply(.remove(rows(0)))
        let name = scene.journal
        try put(Array("something else altogether".utf8), scene)
        #expect(scene.draft.status.cutBytes == 25 && scene.draft.dataset.count == 3)
        #expect(scene.scratch.names.contains("edits"))
        #expect(FileManager.default.fileExists(atPath: name.replacing(".journal", with: ".damaged")))
        try scene.apply(.remove(rows(0)))
        try scene.reopen()
        #expect(try scene.prompts == ["1", "2"])
    }

    @Test func aJournalOfALaterVersionIsLeftAlone() throws {
        let scene = try DraftScene(rows: 3)
        try scene.apply(.remove(rows(0)))
        let later = Array("TuneDeck edits 2\nand more".utf8)
        try put(later, scene)
        #expect(scene.draft.status.obstacle == .journalTooNew(file: scene.path))
        #expect(throws: DataError.journalTooNew(file: scene.path)) { try scene.apply(.remove(rows(0))) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: scene.journal)).elementsEqual(later))
    }

    /// As it is on the disk between the two renamings of a save.
    @Test func aSaveThatEndedBetweenItsTwoRenamingsIsRecognised() throws {
        let scene = try DraftScene(rows: 5)
        try scene.apply(.tag(rows(2), "look", true))
        try scene.apply(.move(rows(0, 1), before: 5))
        try scene.apply(.insert([pair("x")], before: 0))
        let texts = try scene.texts
        try scene.draft.save()
        let stamp = FileStamp(scene.draft.dataset.original.identity)
        try withOldJournal(of: scene, stamp) {
            #expect(try scene.texts == texts)
            #expect(scene.draft.status.conflict == nil && !scene.draft.status.isChanged)
            #expect(scene.draft.rows(tagged: "look") == rows(1))
            try scene.apply(.remove(rows(0)))
            try scene.reopen()
            #expect(try scene.texts == Array(texts.dropFirst()))
            #expect(try scene.draft.undo() != nil)
            #expect(try scene.texts == texts && scene.draft.status.undo == nil)
        }
    }

    /// The rows that the journal names after the first save are those of the file that was saved.
    @Test func twoSavesThatEndedSoOneAfterTheOtherAreRecognised() throws {
        let scene = try DraftScene(rows: 5)
        try scene.apply(.tag(rows(2), "look", true))
        try scene.apply(.move(rows(0, 1), before: 5))
        try scene.apply(.insert([pair("x")], before: 0))
        try scene.draft.save()
        let stamp = FileStamp(scene.draft.dataset.original.identity)
        try withOldJournal(of: scene, stamp) {
            try scene.apply(.remove(rows(0)))
            try scene.apply(.tag(rows(2), "bad", true))
            let texts = try scene.texts
            let journal = try Data(contentsOf: URL(fileURLWithPath: scene.journal))
            try scene.draft.save()
            let second = FileStamp(scene.draft.dataset.original.identity)
            try put(try announcing(second, behind: Array(journal), scene), scene)
            #expect(try scene.texts == texts)
            #expect(scene.draft.status.conflict == nil && !scene.draft.status.isChanged)
            #expect(scene.draft.rows(tagged: "look") == rows(0) && scene.draft.rows(tagged: "bad") == rows(2))
        }
    }

    /// A journal with a frame at its end that tells of a save.
    private func announcing(_ stamp: FileStamp, behind bytes: [UInt8], _ scene: DraftScene) throws -> [UInt8] {
        let path = scene.scratch.path("announcing")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        var journal = try Journal(adopting: open(path, O_RDWR), path: path, end: bytes.count)
        try journal.append { writer throws(DataError) in try writer.add(.saving, stamp.spelled) }
        return try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Calls `body` with the journal as it was, and the frame at its end that tells of the save.
    private func withOldJournal(of scene: DraftScene, _ stamp: FileStamp, _ body: () throws -> Void) throws {
        // The same edits on the file as it was, which has another identity than the header then tells.
        let old = try DraftScene(rows: 5)
        try old.apply(.tag(rows(2), "look", true))
        try old.apply(.move(rows(0, 1), before: 5))
        try old.apply(.insert([pair("x")], before: 0))
        let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: old.journal)))
        let descriptor = open(old.journal, O_RDWR)
        var journal = try Journal(adopting: descriptor, path: old.journal, end: bytes.count)
        try journal.append { writer throws(DataError) in try writer.add(.saving, stamp.spelled) }
        try put(try Array(Data(contentsOf: URL(fileURLWithPath: old.journal))), scene)
        try body()
    }
}
