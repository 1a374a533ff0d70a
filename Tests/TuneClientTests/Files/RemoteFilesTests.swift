import Foundation
import Synchronization
import Testing
import TuneModel

@testable import TuneClient

@Suite struct RemoteFilesTests {
    private func file(_ content: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "tunedeck-file-\(UUID().uuidString)").path()
        try Data(content).write(to: URL(filePath: path))
        return path
    }

    @Test func aFileArrivesWithItsNameAndIsRemembered() async throws {
        let service = FakeService()
        let stage = try Stage { asked, _ in service.answer(asked) }
        let path = try file(Array("{\"a\":1}\n".utf8))
        let seen = Mutex<[TransferProgress]>([])
        let stored = try await stage.client.files.upload(path, purpose: "fine-tune") { step in
            seen.withLock { $0.append(step) }
        }
        #expect(stored.filename == URL(filePath: path).lastPathComponent && stored.bytes == 8)
        #expect(seen.withLock { $0.last } == TransferProgress(done: 8, total: 8))
        let kept = try #require(stage.notes.kept.first)
        #expect(kept.file == stored.id.text)
        try await stage.client.files.delete(stored.id)
        #expect(stage.notes.kept.isEmpty)
        await stage.close()
    }

    @Test func anUploadInPartsGoesOnWhereItWasLeft() async throws {
        let service = FakeService()
        let parts = Mutex(0)
        let stage = try Stage { asked, _ in
            if asked.path.hasSuffix("parts") {
                let count = parts.withLock {
                    $0 += 1
                    return $0
                }
                if (3...5).contains(count) { return .error(500) }
            }
            return service.answer(asked)
        }
        let content = (0..<4_500).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let path = try file(content)
        #expect(await fault { _ = try await stage.client.files.upload(path, purpose: "fine-tune") } != nil)
        #expect(stage.notes.partial.first?.parts.map(\.bytes) == [1_000, 1_000])
        let stored = try await stage.client.files.upload(path, purpose: "fine-tune")
        #expect(service.state.withLock { $0.files[stored.id.text] } == content)
        // Two before, three in vain, three after.
        #expect(parts.withLock { $0 } == 8)
        #expect(stage.notes.partial.isEmpty)
        await stage.close()
    }

    @Test func anUploadThatTheServiceForgotBeginsAgain() async throws {
        let service = FakeService()
        let stage = try Stage { asked, _ in service.answer(asked) }
        let content = [UInt8](repeating: 9, count: 2_500)
        let path = try file(content)
        let hash = try FileDigest.of(path).sha256
        stage.notes.keep(
            PartialUpload(
                service: ServiceName("test")!, upload: "upload_gone", bytes: 2_500, sha256: hash,
                parts: [.init(id: "part_gone", bytes: 1_000)]))
        let stored = try await stage.client.files.upload(path, purpose: "fine-tune")
        #expect(service.state.withLock { $0.files[stored.id.text] } == content)
        #expect(stage.notes.partial.isEmpty)
        await stage.close()
    }

    @Test func allPagesAreListed() async throws {
        let service = FakeService()
        service.state.withLock { for place in 0..<20 { $0.files["file-\(place)"] = [] } }
        let stage = try Stage { asked, _ in service.answer(asked) }
        #expect(Set(try await stage.client.files.list().map(\.id.text)) == Set((0..<20).map { "file-\($0)" }))
        #expect(stage.asked.count == 3)
        await stage.close()
    }

    @Test func aFileThatComesInPiecesGoesUpWhole() async throws {
        let service = FakeService()
        let stage = try Stage { asked, _ in service.answer(asked) }
        let intake = try await stage.client.files.receive()
        for piece in ["one ", "two"] { try Array(piece.utf8).withUnsafeBytes { try intake.append($0) } }
        let stored = try await intake.finish(as: "a \"name\"\r\n.jsonl", purpose: "fine-tune")
        #expect(service.state.withLock { $0.files[stored.id.text] } == Array("one two".utf8))
        #expect(stored.filename == "a %22name%22%0D%0A.jsonl")
        await stage.close()
    }

    @Test func whatCannotBeReadIsToldWithItsPath() async throws {
        let stage = try Stage { _, _ in .error(500) }
        let path = "/nonexistent/file.jsonl"
        #expect(
            await fault { _ = try await stage.client.files.upload(path, purpose: "fine-tune") }
                == .unreadableFile(path: path, reason: Wording("there is no such file", "没有这个文件")))
        #expect(stage.asked.isEmpty)
        await stage.close()
    }

    @Test func theHashIsThatOfTheBytes() throws {
        let found = try FileDigest.of(try file(Array("abc".utf8)))
        #expect(found.bytes == 3)
        #expect(found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func aDownloadTellsHowFarItIs() async throws {
        let stage = try Stage { asked, _ in
            asked.path.hasSuffix("content")
                ? .init(body: [UInt8](repeating: 1, count: 300_000)) : .json(#"{"id":"file-1","bytes":300000}"#)
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "tunedeck-got-\(UUID().uuidString)").path()
        let seen = Mutex<[TransferProgress]>([])
        try await stage.client.download(FileID("file-1")!, to: path) { step in seen.withLock { $0.append(step) } }
        #expect(seen.withLock { $0.last } == TransferProgress(done: 300_000, total: 300_000))
        #expect(FileManager.default.contents(atPath: path)?.count == 300_000)
        await stage.close()
    }
}
