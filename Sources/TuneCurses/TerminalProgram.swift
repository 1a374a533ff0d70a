import Foundation

/// Another program on the terminal of this one, such as `$EDITOR`; the screen must be suspended meanwhile.
public enum TerminalProgram {
    /// Runs a command to its end, off the main actor.
    ///
    /// It stays in the process group that owns the terminal, so that job control treats both as one, and begins with
    /// the signals as a shell would give them.
    ///
    /// - Returns: its exit status, or 128 and the number of the signal that ended it; 127 when it cannot be started.
    nonisolated public static func run(_ command: [String]) async throws -> Int32 {
        let child = try start(command)
        guard let child else { return 127 }
        // Control-\ is meant for the child alone.
        let before = signal(SIGQUIT, SIG_IGN)
        defer { signal(SIGQUIT, before) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                Thread.detachNewThread { done.resume(returning: wait(for: child)) }
            }
        } onCancel: {
            kill(child, SIGHUP)
        }
    }

    // MARK: -

    /// Nil when there is no such program.
    nonisolated private static func start(_ command: [String]) throws -> pid_t? {
        #if canImport(Darwin)
            var attributes: posix_spawnattr_t?
        #else
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This thread may block signals that the child's keys depend on.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var handled = sigset_t()
        sigemptyset(&handled)
        for number in [SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGCHLD, SIGHUP, SIGTERM, SIGWINCH] {
            sigaddset(&handled, number)
        }
        posix_spawnattr_setsigdefault(&attributes, &handled)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var settings: [UnsafeMutablePointer<CChar>?] =
            ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for setting in settings { free(setting) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, command[0], nil, &attributes, &words, &settings)
        if code == ENOENT || code == EACCES { return nil }
        guard code == 0 else { throw CursesError.system(call: "posix_spawn", code: code) }
        return child
    }

    nonisolated private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            if errno != EINTR { return 127 }
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
