public import Foundation

/// Runs of the program `TortureProbe` in one folder, one after the other, as after crashes.
public final class ProbeRun {
    /// How one of them ended.
    public struct Outcome {
        /// The exit status, or 128 and the number of the signal.
        public let status: Int32
        /// What it printed for each step, first and last step included that it made.
        public let lines: [String]
        public let errors: String

        /// The number of the first step that it made; nil when it made none.
        public var firstStep: Int? { lines.first.flatMap { ProbeRun.step(of: $0) } }
    }

    /// What `checkpoints/` and `adapter/` are made in.
    public let folder: String
    private let root: URL
    private let options: [String]
    private let threads: Int
    private let steps: Int
    public let disk: FaultyDisk

    public init(threads: Int, steps: Int, options: [String] = []) throws {
        root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("probe-\(UUID().uuidString.prefix(8))")
        folder = root.appendingPathComponent("job").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        disk = try FaultyDisk(in: root.path)
        (self.threads, self.steps, self.options) = (threads, steps, options)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Runs the program, to its end or until it is killed after so many seconds.
    public func start(killedAfter seconds: Double = 120) throws -> Outcome {
        let (output, errors) = (root.appendingPathComponent("out").path, root.appendingPathComponent("err").path)
        let own = ProcessInfo.processInfo.environment
        let environment = disk.environment.merging(["PATH": own["PATH"] ?? "/usr/bin:/bin"]) { $1 }
        let status = try Spawn.run(
            [try TestHome.built("TortureProbe"), TestHome.tinyModel, folder, "\(threads)", "\(steps)"] + options,
            environment: environment, output: output, errors: errors, seconds: seconds)
        var text = try String(contentsOfFile: output, encoding: .utf8)
        // A kill may leave half a line.
        if !text.hasSuffix("\n") { text = text.components(separatedBy: "\n").dropLast().joined(separator: "\n") }
        return Outcome(
            status: status, lines: text.split(separator: "\n").map(String.init),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    /// Everything in the folder goes, as if no run had been.
    public func forget() throws {
        try disk.clear()
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// The delivered adapter's file.
    public func adapter() throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder + "/adapter/adapter_model.safetensors"))
    }

    /// Files of unfinished writes, anywhere in the folder.
    public var drafts: [String] { TestHome.files(in: folder).filter { $0.contains(".partial-") } }

    /// Steps that have a checkpoint, rising.
    public var checkpoints: [Int] {
        TestHome.files(in: folder + "/checkpoints").compactMap { name in
            guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
            return Int(name.dropFirst(5).dropLast(12))
        }.sorted()
    }

    public static func step(of line: String) -> Int? { Int(line.prefix { $0 != " " }) }
}
