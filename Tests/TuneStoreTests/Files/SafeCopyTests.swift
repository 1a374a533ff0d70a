import Foundation
import Testing

@testable import TuneStore

struct SafeCopyTests {
    @Test func copiesMoreThanOnePieceWithItsHash() throws {
        let test = try TestWorkspace()
        let bytes = Data((0..<(5 << 19)).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try bytes.write(to: URL(filePath: test.folder + "/a"))
        let copy = try SafeCopy.copy(test.folder + "/a", to: test.folder + "/b", hashing: true)
        #expect(try Data(contentsOf: URL(filePath: test.folder + "/b")) == bytes)
        #expect(copy.bytes == Int64(bytes.count))
        #expect(try copy.sha256 == SafeCopy.sha256(of: test.folder + "/b"))
    }

    @Test func hashIsTheKnownOne() throws {
        let test = try TestWorkspace()
        #expect(
            try SafeCopy.sha256(of: test.write("abc", to: "abc"))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func cancelledCopyLeavesNothing() async throws {
        let test = try TestWorkspace()
        let source = try test.write("some bytes", to: "source")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            // Hashing goes through the bytes even where blocks could be shared.
            try SafeCopy.copy(source, to: test.paths.files + "/target", hashing: true)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.files).isEmpty)
    }

    @Test func fullDiskIsToldAsSuch() throws {
        let test = try TestWorkspace()
        let source = try test.write("some bytes", to: "source")
        #expect(throws: StoreError.self) { try SafeCopy.copy(source, to: "/dev/full/x") }
        #expect(StoreError(savingTo: "/p", errno: ENOSPC) == .diskFull(path: "/p"))
    }

    @Test func pipeIsRefusedInsteadOfWaitedFor() throws {
        let test = try TestWorkspace()
        mkfifo(test.folder + "/pipe", 0o600)
        #expect(throws: StoreError.self) { try SafeCopy.copy(test.folder + "/pipe", to: test.folder + "/b") }
    }
}
