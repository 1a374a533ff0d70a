import Foundation

/// How a worker is started.
public struct WorkerLauncher: Sendable {
    let launch: @Sendable (Paths) throws -> Void

    public init(_ launch: @escaping @Sendable (Paths) throws -> Void) { self.launch = launch }

    /// Nothing is started: for the worker itself, and for tests.
    public static let none = WorkerLauncher { _ in }

    /// Starts `program arguments…` in a session of its own: it outlives this process and its terminal.
    ///
    /// What it prints goes to the worker's log; it gets this environment and the workspace's.
    public static func detached(program: String, arguments: [String] = ["worker"]) -> WorkerLauncher {
        WorkerLauncher { paths in
            try spawn(program, arguments, paths)
        }
    }

    /// The running program's own file.
    public static var thisProgram: String {
        #if os(Linux)
            let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            // The kernel adds this when the file was replaced by a newer build, which is the one to start.
            let suffix = " (deleted)"
            if let link { return link.hasSuffix(suffix) ? String(link.dropLast(suffix.count)) : link }
        #endif
        return Bundle.main.executablePath ?? CommandLine.arguments[0]
    }

    // MARK: - Private

    private static func spawn(_ program: String, _ arguments: [String], _ paths: Paths) throws(StoreError) {
        keepDescriptorsToMyself()
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let newSession = CShort(POSIX_SPAWN_SETSID)
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            // POSIX_SPAWN_SETSID of glibc's spawn.h, which Swift sees only with _GNU_SOURCE.
            let newSession: CShort = 0x80
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, paths.workerLog, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        posix_spawnattr_setflags(&attributes, newSession)

        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        let environment = ProcessInfo.processInfo.environment.merging(paths.environment) { $1 }
        var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, program, &actions, &attributes, &words, &settings)
        guard code == 0 else { throw .workerCannotStart(reason: "\(program): \(String(cString: strerror(code)))") }
        let child = pid
        // A parent that lives on has to take its ended children off the process table.
        Thread.detachNewThread {
            var status: CInt = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
        }
    }

    /// A worker lives for hours: it must not hold on to files, locks or pipes that this process was given.
    private static func keepDescriptorsToMyself() {
        #if os(Linux)
            let folder = "/proc/self/fd"
        #else
            let folder = "/dev/fd"
        #endif
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard let descriptor = CInt(name), descriptor > 2 else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }
}
