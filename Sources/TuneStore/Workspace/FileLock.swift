import Foundation
import Synchronization

/// An advisory lock on a file, given back by the kernel when the process ends in whatever way.
public final class FileLock: Sendable {
    private let descriptor: Mutex<CInt?>

    private init(_ descriptor: CInt) { self.descriptor = Mutex(descriptor) }

    deinit { release() }

    /// Waits until the lock is free.
    static func waiting(at path: String) throws(StoreError) -> FileLock {
        let descriptor = try openFile(path)
        while flock(descriptor, LOCK_EX) != 0 {
            let code = errno
            guard code == EINTR else {
                close(descriptor)
                throw StoreError(savingTo: path, errno: code)
            }
        }
        return FileLock(descriptor)
    }

    /// The lock, or nil when somebody else has it.
    static func trying(at path: String) throws(StoreError) -> FileLock? {
        let descriptor = try openFile(path)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLock(descriptor) }
        let code = errno
        close(descriptor)
        if code == EWOULDBLOCK || code == EINTR { return nil }
        throw StoreError(savingTo: path, errno: code)
    }

    /// Whether somebody has the lock. Asking takes a shared lock for a moment.
    static func isHeld(at path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Replaces what the lock file says; others read it to tell a person who has the lock.
    func write(_ text: String) {
        descriptor.withLock { descriptor in
            guard let descriptor else { return }
            _ = ftruncate(descriptor, 0)
            _ = Array(text.utf8).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        }
    }

    /// Gives the lock back; a second time does nothing.
    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    private static func openFile(_ path: String) throws(StoreError) -> CInt {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(savingTo: path, errno: errno) }
        return descriptor
    }
}
