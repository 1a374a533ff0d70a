import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct LocalFilesTests {
    @Test func uploadedBytesComeBackAndTheOriginalMayGo() async throws {
        let test = try TestWorkspace()
        let files = LocalFiles(test.workspace)
        let path = try test.write("{\"a\":1}\n", to: "data.jsonl")
        let file = try await files.upload(path, purpose: "fine-tune")
        try FileManager.default.removeItem(atPath: path)
        #expect(file.filename == "data.jsonl")
        #expect(file.bytes == 8)
        #expect(try await files.content(of: file.id) == Data("{\"a\":1}\n".utf8))
        #expect(try await files.list() == [file])
    }

    @Test(arguments: ["..", "-rf", "a b\u{202E}.jsonl", "\u{1B}[31m.jsonl", String(repeating: "名", count: 80)])
    func foreignNameNeverBecomesAPath(_ name: String) async throws {
        let test = try TestWorkspace()
        let path = name == ".." ? try test.write("x", to: "...") : try test.write("x", to: name)
        let file = try await LocalFiles(test.workspace).upload(path, purpose: "fine-tune")
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.files) == [file.id.text])
    }

    @Test func deletedFileIsGoneFromListAndDisk() async throws {
        let test = try TestWorkspace()
        let files = LocalFiles(test.workspace)
        let file = try await files.upload(try test.write("x", to: "a.txt"), purpose: "fine-tune")
        try await files.delete(file.id)
        #expect(try await files.list().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.files).isEmpty)
        await #expect(throws: StoreError.fileNotFound(file.id)) { try await files.delete(file.id) }
    }

    @Test func fileThatCannotBeReadLeavesNothing() async throws {
        let test = try TestWorkspace()
        await #expect(throws: StoreError.sourceMissing(path: "/nowhere/x")) {
            try await LocalFiles(test.workspace).upload("/nowhere/x", purpose: "fine-tune")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.files).isEmpty)
    }
}
