import Foundation

/// Who has it is the only one that edits a dataset; it ends with the process, however that ends.
final class DraftLock: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Nil where another process has it.
    static func take(_ path: String) throws(DataError) -> DraftLock? {
        while true {
            let descriptor = uninterrupted { open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600) }
            guard descriptor >= 0 else { throw PendingFile.failure(path) }
            if uninterrupted({ flock(descriptor, LOCK_EX | LOCK_NB) }) != 0 {
                let isTaken = errno == EWOULDBLOCK
                let failure = PendingFile.failure(path)
                close(descriptor)
                guard isTaken else { throw failure }
                return nil
            }
            // Who had it before takes the file away; then it is another one that counts.
            var (mine, named) = (stat(), stat())
            if fstat(descriptor, &mine) == 0, stat(path, &named) == 0, mine.st_ino == named.st_ino {
                return DraftLock(descriptor, path)
            }
            close(descriptor)
        }
    }

    private init(_ descriptor: Int32, _ path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        unlink(path)
        close(descriptor)
    }
}
