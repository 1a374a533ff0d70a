import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct FilesTests {
    private let one = ServiceName("one")!

    private func file(_ id: String) -> StoredFile {
        StoredFile(
            id: FileID(foreign: id)!, bytes: 1, createdAt: Date(timeIntervalSince1970: 0), filename: id,
            purpose: "fine-tune")
    }

    @Test func theFilesOfAnotherServiceAreNotShownAsThisOnes() {
        var state = Files.State()
        #expect(Files.update(&state, .opened(nil)) == [.loadFiles(nil)])
        _ = Files.update(&state, .arrived(nil, [file("a"), file("b")]))
        #expect(Files.update(&state, .opened(one)) == [.loadFiles(one)])
        #expect(state.files.isEmpty && state.phase == .reading)
        // What was asked for before comes too late.
        _ = Files.update(&state, .arrived(nil, [file("a")]))
        _ = Files.update(&state, .uploaded(nil, file("c")))
        #expect(state.files.isEmpty)
    }

    @Test func aListStaysWhileItIsReadAgainWithTheCursorOnItsFile() {
        var state = Files.State()
        _ = Files.update(&state, .opened(nil))
        _ = Files.update(&state, .arrived(nil, [file("a"), file("b")]))
        _ = Files.update(&state, .moved(.last, rows: 5))
        _ = Files.update(&state, .refreshed)
        #expect(state.phase == .read && state.files.count == 2)
        _ = Files.update(&state, .arrived(nil, [file("c"), file("a"), file("b")]))
        #expect(state.selected?.id.text == "b")
    }

    @Test func oneUploadAtATime() {
        var state = Files.State()
        #expect(Files.update(&state, .uploadStarted(nil, path: "/a.jsonl")) == [.uploadFile(nil, path: "/a.jsonl")])
        #expect(Files.update(&state, .uploadStarted(nil, path: "/b.jsonl")) == [])
        #expect(state.upload?.name == "a.jsonl")
        _ = Files.update(&state, .uploadEnded)
        #expect(Files.update(&state, .uploadStarted(nil, path: "/b.jsonl")).count == 1)
    }
}
