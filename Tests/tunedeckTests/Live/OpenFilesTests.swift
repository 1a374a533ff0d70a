import Foundation
import Testing
import TuneData
import TuneModel

@testable import tunedeck

struct OpenFilesTests {
    private let folder = NSTemporaryDirectory() + "open-\(UUID().uuidString)"

    @Test func aBareWordThatIsNoFileWasMeantAsACommand() {
        #expect(throws: StrayWord(word: "bogus")) { try OpenFiles.paths(of: ["bogus"]) }
        #expect(StrayWord(word: "bogus").exitStatus == .usage)
    }

    @Test(arguments: ["bogus.jsonl", "./bogus", "/nowhere/bogus"]) func aFileThatIsNotThereIsNamed(_ name: String) {
        #expect(throws: DataError.fileMissing(file: name)) { try OpenFiles.paths(of: [name]) }
        #expect(DataError.fileMissing(file: name).exitStatus == .badData)
    }

    @Test func aFolderIsNoDataset() {
        #expect(throws: DataError.notAFile(file: "/")) { try OpenFiles.paths(of: ["/"]) }
    }

    @Test func filesAreGivenWithTheirWholePath() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "{}\n".write(toFile: folder + "/a.jsonl", atomically: true, encoding: .utf8)
        #expect(try OpenFiles.paths(of: [folder + "/x/../a.jsonl"]) == [folder + "/a.jsonl"])
    }
}
