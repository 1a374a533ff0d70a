import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct UploadLedgerTests {
    private func upload(_ file: String, sha256: String = "ab", at seconds: Double) -> KnownUpload {
        KnownUpload(
            service: office, file: file, filename: "jargon.jsonl", bytes: 1 << 40, sha256: sha256,
            uploadedAt: Date(timeIntervalSince1970: seconds))
    }

    @Test func uploadsAreKnownToEveryProcessNewestFirst() async throws {
        let test = try TestWorkspace()
        let ledger = UploadLedger(test.workspace)
        for upload in [upload("file-1", at: 1), upload("file-3", at: 3), upload("file-2", at: 2)] {
            try await ledger.keep(upload)
        }
        try await ledger.keep(upload("file-other", sha256: "cd", at: 4))
        let other = UploadLedger(try Workspace(test.paths))
        #expect(try await other.uploads(to: office, sha256: "AB").map(\.file) == ["file-3", "file-2", "file-1"])
        #expect(try await other.uploads(to: office, sha256: "ab").last == upload("file-1", at: 1))
        #expect(try await other.uploads(to: ServiceName("home")!, sha256: "ab").isEmpty)
        try await other.forget(file: "file-3", of: office)
        try await ledger.keep(upload("file-1", at: 9))
        #expect(try await ledger.uploads(to: office, sha256: "ab").map(\.file) == ["file-1", "file-2"])
    }

    @Test func anUploadInPartsGoesOnInTheNextProcess() async throws {
        let test = try TestWorkspace()
        var partial = PartialUpload(
            service: office, upload: "upload-1", bytes: 300, sha256: "ab",
            expiresAt: Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded() + 3600))
        try await UploadLedger(test.workspace).keep(partial)
        for number in 1...3 {
            partial.parts.append(PartialUpload.Part(id: "part-\(number)", bytes: 100))
            try await UploadLedger(test.workspace).keep(partial)
            #expect(try await UploadLedger(Workspace(test.paths)).partialUpload(to: office, sha256: "ab") == partial)
        }
        #expect(try await UploadLedger(test.workspace).partialUpload(to: office, sha256: "cd") == nil)
        try await UploadLedger(test.workspace).forget(upload: "upload-1", of: office)
        #expect(try await UploadLedger(test.workspace).partialUpload(to: office, sha256: "ab") == nil)
    }

    @Test func whatTheServiceHasForgottenIsNotGoneOnWith() async throws {
        let test = try TestWorkspace()
        let ledger = UploadLedger(test.workspace)
        try await ledger.keep(
            PartialUpload(service: office, upload: "fresh", bytes: 3, sha256: "ab", expiresAt: nil))
        try await ledger.keep(
            PartialUpload(
                service: office, upload: "stale", bytes: 3, sha256: "ab", expiresAt: .now.addingTimeInterval(-1)))
        #expect(try await ledger.partialUpload(to: office, sha256: "ab")?.upload == "fresh")
    }
}
