import Foundation
import Synchronization
import TuneModel

/// A file of the workspace that is coming in: it grows beside its place, and moves there when it is whole.
final class LocalFileIntake: FileIntake {
    private struct State {
        var writer: CInt
        var bytes: Int64 = 0
    }

    /// Writes down a file: its name, its purpose, its bytes.
    typealias Keep = @Sendable (String, String, Int64) async throws -> StoredFile

    private let target: String
    private let partial: String
    private let keep: Keep
    private let state: Mutex<State>

    /// - Parameter keep: called once the bytes lie at `target`.
    init(target: String, keep: @escaping Keep) throws(StoreError) {
        self.target = target
        self.keep = keep
        partial = target + ".partial-\(UUID().uuidString)"
        let writer = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard writer >= 0 else { throw StoreError(savingTo: target, errno: errno) }
        state = Mutex(State(writer: writer))
    }

    deinit {
        let writer = state.withLock { $0.writer }
        guard writer >= 0 else { return }
        close(writer)
        unlink(partial)
    }

    var bytes: Int64 { state.withLock { $0.bytes } }

    func append(_ piece: UnsafeRawBufferPointer) throws {
        try state.withLock { state in
            var rest = piece[...]
            while !rest.isEmpty {
                let written = write(state.writer, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written >= 0 else { throw StoreError(savingTo: target, errno: errno) }
                rest = rest.dropFirst(written)
            }
            state.bytes += Int64(piece.count)
        }
    }

    func finish(as filename: String, purpose: String) async throws -> StoredFile {
        let bytes = try state.withLock { state in
            guard fsync(state.writer) == 0, rename(partial, target) == 0 else {
                throw StoreError(savingTo: target, errno: errno)
            }
            close(state.writer)
            state.writer = -1
            return state.bytes
        }
        Folder.sync(URL(filePath: target).deletingLastPathComponent().path(percentEncoded: false))
        return try await keep(filename, purpose, bytes)
    }
}
