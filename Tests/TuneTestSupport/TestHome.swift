import Foundation

/// A workspace of its own for the real program, and the program in it.
///
/// ```swift
/// let home = try TestHome()
/// defer { home.close() }
/// #expect(try home.run("jobs", "list").status == 0)
/// ```
public struct TestHome: Sendable {
    /// How a command ended, and what it said.
    public struct Outcome: Sendable {
        /// The exit status, or 128 and the number of the signal.
        public let status: Int32
        public let output: String
        public let errors: String
    }

    /// What kept the program from being tried.
    public enum Failure: Error, CustomStringConvertible {
        case noProgram(lookedAt: [String])
        case noBaseModel(String)

        public var description: String {
            switch self {
            case .noProgram(let places): "the program is not built: \(places.joined(separator: ", "))"
            case .noBaseModel(let place):
                "the base model is not at \(place): `tunedeck models pull smollm2-135m` fetches it, or "
                    + "TUNEDECK_TEST_MODEL names its file"
            }
        }
    }

    /// `$TUNEDECK_HOME`.
    public let path: String
    /// A folder beside it, for data that is the test's own.
    public let desk: String
    private let root: URL
    private let variables: [String: String]

    /// - Parameter environment: variables for the program beside `PATH`, `HOME` and `TUNEDECK_HOME`.
    public init(environment: [String: String] = [:]) throws {
        root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("deck-\(UUID().uuidString.prefix(8))")
        path = root.appendingPathComponent("home").path
        desk = root.appendingPathComponent("desk").path
        variables = environment
        for folder in [path, desk] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
    }

    /// Where the program was built: beside the tests, else in the repository's build folder.
    public static var program: String {
        get throws { try built("tunedeck") }
    }

    /// The same for another executable of the package.
    public static func built(_ name: String) throws -> String {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let repository = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
        let places =
            [beside.appendingPathComponent(name).path]
            + ["release", "debug"].map { repository.appendingPathComponent(".build/\($0)/\(name)").path }
        guard let program = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw Failure.noProgram(lookedAt: places)
        }
        return program
    }

    /// The files in a folder and the folders in it, as paths from there on.
    public static func files(in folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }) ?? []
    }

    /// The environment that commands run in.
    public var environment: [String: String] {
        let own = ProcessInfo.processInfo.environment
        let base = [
            "PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": root.path, "LANG": "C.UTF-8", "TUNEDECK_HOME": path,
        ]
        return base.merging(variables) { $1 }
    }

    /// Runs `tunedeck arguments…` to its end.
    ///
    /// - Parameter seconds: after this time it is killed, which its status tells.
    public func run(_ arguments: String..., seconds: Double = 120) throws -> Outcome {
        try run(arguments, seconds: seconds)
    }

    /// The same for arguments in a list.
    public func run(_ arguments: [String], seconds: Double = 120) throws -> Outcome {
        let name = root.appendingPathComponent("said-\(UUID().uuidString)").path
        let (output, errors) = (name + ".out", name + ".err")
        defer { for file in [output, errors] { unlink(file) } }
        let status = try Spawn.run(
            [Self.program] + arguments, environment: environment, output: output, errors: errors, seconds: seconds)
        func text(_ file: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        }
        return try Outcome(status: status, output: text(output), errors: text(errors))
    }

    /// Writes a file onto the desk and gives back its path.
    public func write(_ text: String, to name: String) throws -> String {
        let file = desk + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Ends what still works in the workspace and removes everything.
    public func close() {
        killAll()
        try? FileManager.default.removeItem(at: root)
    }
}
