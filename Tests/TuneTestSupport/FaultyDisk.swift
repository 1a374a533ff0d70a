import Foundation

/// A disk that fails in one chosen operation, for programs that are started with `environment`.
///
/// It is a library that the programs load before the system's own (`Faults/faults.c`), compiled when it is first needed.
public struct FaultyDisk: Sendable {
    /// What happens to the operation.
    public enum Fault: String, Sendable, CaseIterable {
        /// It fails once with this error.
        case eio, enospc, eintr
        /// It fails for want of room, and so do all that follow.
        case full
        /// A write takes half of its bytes; no other operation is counted.
        case short
        /// The process is killed in it, with half of a write's bytes on the disk.
        case kill
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let control: String
    private let library: String

    /// - Parameter folder: where the file lies that tells the programs what is to fail.
    public init(in folder: String) throws {
        control = folder + "/faults-\(UUID().uuidString.prefix(8))"
        library = try Self.library.get()
    }

    /// For the programs that are to meet the faults.
    public var environment: [String: String] { ["LD_PRELOAD": library, "TUNEDECK_FAULTS": control] }

    /// Programs that start from now on fail in the `count`-th operation on files whose path holds `part`; the record of
    /// faults begins anew.
    public func set(_ fault: Fault, at count: Int, onPathsWith part: String) throws {
        try clear()
        try Data("\(fault.rawValue) \(count) \(part)\n".utf8).write(to: URL(fileURLWithPath: control))
    }

    /// Nothing fails any more.
    public func clear() throws {
        for file in [control, control + ".log"] { unlink(file) }
    }

    /// The operations that failed since the last `set`, such as `kill 3 write`.
    public var faults: [String] {
        let text = (try? String(contentsOfFile: control + ".log", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    // MARK: - Private

    /// Compiled once for all tests of a process.
    private static let library = Result { () throws -> String in
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("faults-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Faults/faults.c")
        let library = folder.appendingPathComponent("faults.so").path
        let words = folder.appendingPathComponent("words").path
        let compiler = "command -v clang || command -v cc"
        let status = try Spawn.run(
            ["/bin/sh", "-c", "$(\(compiler)) -O1 -shared -fPIC -o '\(library)' '\(source.path)' -ldl"],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"], output: words)
        guard status == 0 else {
            let said = (try? String(contentsOfFile: words, encoding: .utf8)) ?? ""
            throw Failure(description: "the faulty disk cannot be compiled: \(said)")
        }
        return library
    }
}
