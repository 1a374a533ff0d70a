import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct LocalFileIntakeTests {
    private let test: TestWorkspace

    init() throws { test = try TestWorkspace() }

    private var stored: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: test.paths.files)) ?? []
    }

    private func append(_ text: String, to intake: any FileIntake) throws {
        try Array(text.utf8).withUnsafeBytes { try intake.append($0) }
    }

    @Test func aFileThatComesInPiecesIsKeptWhole() async throws {
        let files = LocalFiles(test.workspace)
        let intake = try await files.receive()
        try append("one, ", to: intake)
        try append("", to: intake)
        try append("two", to: intake)
        #expect(intake.bytes == 8)
        #expect(try await files.list().isEmpty)
        let file = try await intake.finish(as: "../../a.jsonl", purpose: "fine-tune")
        #expect(file.filename == "../../a.jsonl")
        #expect(file.bytes == 8)
        #expect(file.fault == nil)
        #expect(try await files.content(of: file.id) == Data("one, two".utf8))
        #expect(stored == [file.id.text])
    }

    @Test func aFileThatIsLetGoLeavesNothing() async throws {
        let files = LocalFiles(test.workspace)
        do {
            let intake = try await files.receive()
            try append("one", to: intake)
            #expect(stored.count == 1)
        }
        #expect(stored.isEmpty)
    }

    @Test func whatIsWrongWithAFileIsKeptWithIt() async throws {
        let fault = Explanation(Wording("Line 2 is bad.", "第 2 行有误。"), next: Wording("Mend it.", "请修正。"))
        let files = LocalFiles(test.workspace) { path, name, purpose in
            FileManager.default.fileExists(atPath: path) && name == "a.jsonl" && purpose == "fine-tune" ? fault : nil
        }
        let path = try test.write("x", to: "a.jsonl")
        let bad = try await files.upload(path, purpose: "fine-tune")
        #expect(bad.fault == fault)
        #expect(try await files.file(bad.id).fault == fault)
        #expect(try await files.upload(path, purpose: "batch").fault == nil)
    }
}
