import Foundation
import Testing

@testable import TuneControl

struct OpenerTests {
    @Test func completesWhatAllNamesShareAndThenTheChosenOne() {
        var state = Opener.State(path: "/d/ja")
        _ = Opener.update(&state, .arrived(for: "/d/ja", ["/d/jargon.jsonl", "/d/jargon_prepared.jsonl"]))
        #expect(Opener.update(&state, .completed) == [.completePath("/d/jargon")])
        _ = Opener.update(&state, .arrived(for: "/d/jargon", ["/d/jargon.jsonl", "/d/jargon_prepared.jsonl"]))
        _ = Opener.update(&state, .moved(.lines(1), rows: 5))
        _ = Opener.update(&state, .completed)
        #expect(state.path.text == "/d/jargon_prepared.jsonl")
    }

    @Test func aFolderIsEnteredAndAFileIsOpened() {
        var state = Opener.State(path: "/d")
        _ = Opener.update(&state, .arrived(for: "/d", ["/d/"]))
        #expect(Opener.update(&state, .accepted) == [.completePath("/d/")])
        _ = Opener.update(&state, .arrived(for: "/d/", ["/d/a.jsonl"]))
        #expect(Opener.update(&state, .accepted) == [.openDatasets([.init(path: "/d/a.jsonl", row: 0)])])
        #expect(Opener.update(&state, .accepted) == [])
    }

    @Test func aPathTypedInFullIsTakenAsItStands() {
        var state = Opener.State(path: "/nowhere/x.jsonl")
        _ = Opener.update(&state, .arrived(for: "/nowhere/x.jsonl", []))
        #expect(Opener.update(&state, .accepted) == [.openDatasets([.init(path: "/nowhere/x.jsonl", row: 0)])])
    }

    @Test func namesForAnOlderTextAreForgotten() {
        var state = Opener.State(path: "/d/b")
        _ = Opener.update(&state, .arrived(for: "/d/a", ["/d/a.jsonl"]))
        #expect(state.completions.isEmpty)
    }

    @Test func fileNamesComeSortedWithFoldersMarkedAndHiddenOnesLeftOut() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("names-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
        for name in ["b.jsonl", "a 中.jsonl", ".hidden"] { try Data().write(to: folder.appendingPathComponent(name)) }
        let start = folder.path + "/"
        #expect(FileNames.completions(of: start) == [start + "a 中.jsonl", start + "b.jsonl", start + "sub/"])
        #expect(FileNames.completions(of: start + ".h") == [start + ".hidden"])
        #expect(FileNames.completions(of: start + "zz") == [])
    }
}
