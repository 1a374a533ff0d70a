import Foundation
import Testing

@testable import TuneTrainer

struct AtomicFileTests {
    private let path = NSTemporaryDirectory() + "atomic-\(UUID().uuidString)"

    private func remove() {
        for name in [path, draft] { unlink(name) }
    }

    /// What the file is called while it is being written.
    private var draft: String { path + ".partial-\(getpid())" }

    @Test func piecesAreOneFile() throws {
        defer { remove() }
        try AtomicFile.write(to: path, size: 4) { (draft) throws(TrainerError) in
            for byte in [UInt8(1), 2, 3, 4] {
                let result = withUnsafeBytes(of: byte) { bytes in
                    Result { () throws(TrainerError) in try draft.append(bytes) }
                }
                try result.get()
            }
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data([1, 2, 3, 4]))
    }

    @Test func anErrorOnTheWayLeavesWhatWasThere() throws {
        defer { remove() }
        try AtomicFile.write("before", to: path)
        #expect(throws: TrainerError.emptyPrompt) {
            try AtomicFile.write(to: path) { (draft) throws(TrainerError) in throw .emptyPrompt }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
        #expect(!FileManager.default.fileExists(atPath: draft))
    }

    @Test func moreThanTheDiskHoldsIsSeenBeforeTheWork() throws {
        defer { remove() }
        #expect(throws: TrainerError.diskFull(path: path)) {
            try AtomicFile.write(to: path, size: 1 << 62) { (_) throws(TrainerError) in throw .emptyPrompt }
        }
        #expect(!FileManager.default.fileExists(atPath: draft))
    }

    /// A device that is always full stands in for the disk.
    @Test func aDiskThatBecomesFullIsSaidToBe() throws {
        defer { remove() }
        symlink("/dev/full", draft)
        #expect(throws: TrainerError.diskFull(path: path)) { try AtomicFile.write("text", to: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aFolderThatIsNotThereIsNamed() {
        let place = path + "/no/file"
        #expect(throws: TrainerError.cannotWrite(path: place, reason: "No such file or directory")) {
            try AtomicFile.write("text", to: place)
        }
    }
}
