public import Foundation

/// Runs a short command to its end.
///
/// Foundation's `Process` takes a child for running as long as anybody holds the descriptors that the child inherited;
/// tmux leaves a server behind that does, so the child is waited for by its number here.
public enum Spawn {
    /// - Parameters:
    ///   - output: the file that takes what the command prints; made anew.
    ///   - errors: the file for standard error; nil puts it into `output`, too.
    ///   - seconds: after this time the command is killed.
    /// - Returns: the exit status, or 128 and the number of the signal that ended it.
    public static func run(
        _ command: [String], environment: [String: String], output: String, errors: String? = nil,
        seconds: Double = .infinity
    ) throws -> Int32 {
        let child = try start(command, environment: environment, output: output, errors: errors)
        return try wait(for: child, seconds: seconds)
    }

    /// Starts a command and gives back its process id; `wait` has to be called for it.
    public static func start(
        _ command: [String], environment: [String: String], output: String, errors: String? = nil
    ) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        // The threads that tests run on block most signals; a child that inherits that cannot be ended, nor sees the
        // end of its own children.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        }

        var arguments = command.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var child: pid_t = 0
        let problem = posix_spawn(&child, command[0], &actions, &attributes, &arguments, &variables)
        guard problem == 0 else { throw POSIXError(POSIXErrorCode(rawValue: problem) ?? .EINVAL) }
        return child
    }

    /// Waits for the end of a started command.
    ///
    /// - Parameter seconds: after this time it is killed.
    /// - Returns: the exit status, or 128 and the number of the signal that ended it.
    public static func wait(for child: pid_t, seconds: Double = .infinity) throws -> Int32 {
        let end = seconds.isFinite ? ContinuousClock.now + .seconds(seconds) : nil
        var status: Int32 = 0
        while true {
            let ended = waitpid(child, &status, end == nil ? 0 : WNOHANG)
            if ended == child { break }
            if ended < 0, errno != EINTR { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .ECHILD) }
            if let end, ContinuousClock.now > end { kill(child, SIGKILL) }
            if ended == 0 { usleep(5000) }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }
}
