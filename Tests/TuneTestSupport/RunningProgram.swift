public import Foundation

/// The program at work beside a test: a server, or a command that follows something.
public final class RunningProgram: Sendable {
    public let id: pid_t
    private let output: String
    private let errors: String

    /// Starts `tunedeck arguments…` in a workspace.
    public init(_ arguments: [String], in home: TestHome) throws {
        let name = home.desk + "/running-\(UUID().uuidString)"
        (output, errors) = (name + ".out", name + ".err")
        id = try Spawn.start(
            [TestHome.program] + arguments, environment: home.environment, output: output, errors: errors)
    }

    /// What it has printed until now.
    public var said: (output: String, errors: String) { (text(output), text(errors)) }

    /// Waits until it ends by itself.
    public func outcome(seconds: Double = 120) throws -> TestHome.Outcome {
        let status = try Spawn.wait(for: id, seconds: seconds)
        return TestHome.Outcome(status: status, output: text(output), errors: text(errors))
    }

    /// Sends it a signal and waits for its end.
    @discardableResult
    public func end(_ signal: Int32 = SIGTERM) throws -> TestHome.Outcome {
        kill(id, signal)
        return try outcome(seconds: 20)
    }

    private func text(_ file: String) -> String {
        String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data(), as: UTF8.self)
    }
}
