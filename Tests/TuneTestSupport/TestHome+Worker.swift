import Foundation

extension TestHome {
    /// The process id of the worker at work; nil when there is none.
    public var worker: Int32? {
        guard let text = try? String(contentsOfFile: path + "/state/worker.lock", encoding: .utf8),
            let id = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)), Self.isRunning(id)
        else { return nil }
        // The number may belong to somebody else by now.
        let command = (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(id)/cmdline"))) ?? Data()
        return String(decoding: command, as: UTF8.self).contains("tunedeck\0worker") ? id : nil
    }

    /// Kills the worker as the kernel does when memory is short, and waits until it is gone.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public func killWorker() -> Bool {
        guard let id = worker else { return false }
        kill(id, SIGKILL)
        waitForEnd(of: id)
        return true
    }

    /// Kills every process that was started here: workers, those that still wait for the lock, too.
    func killAll() {
        let variable = Data("TUNEDECK_HOME=\(path)\0".utf8)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let id = Int32(name), id != getpid(),
                let environment = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(id)/environ")),
                environment.range(of: variable) != nil
            else { continue }
            kill(id, SIGKILL)
            waitForEnd(of: id)
        }
    }

    private func waitForEnd(of id: Int32) {
        let end = ContinuousClock.now + .seconds(20)
        while Self.isRunning(id), ContinuousClock.now < end { usleep(5000) }
    }

    /// Whether a process exists and has not ended: one that its parent has not looked at yet has.
    public static func isRunning(_ id: Int32) -> Bool {
        guard kill(id, 0) == 0 else { return false }
        let facts = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
        return facts.split(separator: ")").last?.split(separator: " ").first != "Z"
    }

    /// The base model's GGUF file: `$TUNEDECK_TEST_MODEL`, else where `tunedeck models pull` puts it.
    public static var baseModel: String {
        get throws {
            let environment = ProcessInfo.processInfo.environment
            let name = "SmolLM2-135M-Instruct.Q4_1.gguf"
            let home = environment["TUNEDECK_HOME"] ?? NSHomeDirectory() + "/.local/share/tunedeck"
            let file = environment["TUNEDECK_TEST_MODEL"] ?? home + "/models/smollm2-135m/" + name
            guard FileManager.default.fileExists(atPath: file) else { throw Failure.noBaseModel(file) }
            return file
        }
    }

    /// A llama of a few thousand numbers: quick, and of no use to anybody.
    public static var tinyModel: String {
        URL(fileURLWithPath: #filePath).appendingPathComponent("../../TuneTrainerTests/Fixtures/tiny_tied.gguf")
            .standardizedFileURL.path
    }
}
