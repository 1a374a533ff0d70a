import Foundation
import Testing

@testable import TuneTrainer

struct ExportFolderTests {
    private let root: String
    private var target: String { root + "/out" }

    init() throws {
        root = NSTemporaryDirectory() + "folder-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    private func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    private func export(_ text: String, overwrites: Bool = false) throws {
        let folder = try ExportFolder(target + "/", overwrites: overwrites)
        try AtomicFile.write(text, to: folder.draft + "/model")
        try folder.finish()
    }

    @Test func aNewFolderAppearsWhole() throws {
        let folder = try ExportFolder(target, overwrites: false)
        try AtomicFile.write("a", to: folder.draft + "/model")
        #expect(!FileManager.default.fileExists(atPath: target))
        try folder.finish()
        #expect(try names(root) == ["out"])
        #expect(try names(target) == ["model"])
    }

    @Test func whatIsThereIsNotReplacedUnlessAsked() throws {
        try export("first")
        #expect(throws: TrainerError.export(path: target, .targetExists)) { try export("second") }
        #expect(try String(contentsOfFile: target + "/model", encoding: .utf8) == "first")
        try AtomicFile.write("mine", to: target + "/notes")
        try export("third", overwrites: true)
        #expect(try String(contentsOfFile: target + "/model", encoding: .utf8) == "third")
        #expect(try names(target) == ["model", "notes"])
        #expect(try names(root) == ["out"])
    }

    @Test func anEmptyFolderIsFilled() throws {
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        try export("text")
        #expect(try names(target) == ["model"])
        #expect(try names(root) == ["out"])
    }

    @Test func aFileInTheWayIsNamed() throws {
        try AtomicFile.write("file", to: target)
        #expect(throws: TrainerError.export(path: target, .notAFolder)) { try export("x", overwrites: true) }
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "file")
    }

    @Test func aPlaceThatCannotBeWrittenIsNamed() throws {
        try AtomicFile.write("file", to: root + "/file")
        let place = root + "/file/out"
        #expect {
            try ExportFolder(place, overwrites: false)
        } throws: { error in
            guard case .cannotWrite(let path, _) = error as? TrainerError else { return false }
            return path.hasPrefix(place)
        }
    }
}
