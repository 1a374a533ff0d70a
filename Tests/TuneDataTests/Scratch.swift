import Foundation
import TuneData
import TuneModel

/// A folder of its own for one test, gone afterwards.
final class Scratch {
    let folder: String

    /// In memory, where the machine has a place for that, when many files are to be synced.
    init(inMemory: Bool = false) throws {
        let shared = "/dev/shm"
        let base =
            inMemory && FileManager.default.isWritableFile(atPath: shared)
            ? URL(fileURLWithPath: shared) : FileManager.default.temporaryDirectory
        folder = base.appendingPathComponent("tunedeck-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { folder + "/" + name }

    /// Writes a file and returns its path.
    @discardableResult
    func file(_ name: String = "data.jsonl", _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    @discardableResult
    func file(_ name: String = "data.jsonl", bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
    }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }
}

/// A file among the tests' fixtures.
func fixture(_ name: String) throws -> String {
    let url = Bundle.module.resourceURL!.appendingPathComponent("Fixtures").appendingPathComponent(name)
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
}

/// Lines of completion records.
func pairs(_ pairs: [(String, String)]) -> String {
    pairs.map { RecordLine.text(of: .completion(prompt: $0.0, completion: $0.1)) + "\n" }.joined()
}
