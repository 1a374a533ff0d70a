import Foundation

/// Words of four bytes in a file without a name, which is gone with the last reference, however the program ends.
final class ScratchFile: Sendable {
    private let descriptor: Int32
    private let path: String

    private init(_ descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Some of the words. The file is the program's own, so what cannot be read means a broken disk.
    func words(_ range: Range<Int>) -> [UInt32] {
        Array(unsafeUninitializedCapacity: range.count) { words, count in
            let bytes = UnsafeMutableRawBufferPointer(words)
            var done = 0
            while done < 4 * range.count {
                let got = pread(
                    descriptor, bytes.baseAddress! + done, 4 * range.count - done, 4 * range.lowerBound + done)
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else { fatalError("\(path) cannot be read back: \(systemReason())") }
                done += got
            }
            count = range.count
        }
    }

    /// Writes the words one after the other.
    struct Writer: ~Copyable {
        private let file: ScratchFile
        private var waiting: [UInt32] = []
        private static let most = 1 << 15

        init(folder: String) throws(TrainerError) {
            // What cannot be made is told when the file is opened.
            let isNew = !FileManager.default.fileExists(atPath: folder)
            if isNew { try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
            // One that is killed before the name is gone leaves a draft, which the next start removes.
            let path = AtomicFile.draft(of: "\(folder)/examples-\(UInt32.random(in: 0...(.max)))")
            let descriptor = AtomicFile.again { open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
            guard descriptor >= 0 else { throw AtomicFile.failure(path) }
            // Without a name it is gone when it is closed, and leaves no trace of a run that is refused.
            unlink(path)
            if isNew { rmdir(folder) }
            file = ScratchFile(descriptor, path: path)
            waiting.reserveCapacity(Self.most)
        }

        mutating func put(_ word: UInt32) throws(TrainerError) {
            waiting.append(word)
            if waiting.count == Self.most { try flush() }
        }

        consuming func finish() throws(TrainerError) -> ScratchFile {
            try flush()
            return file
        }

        private mutating func flush() throws(TrainerError) {
            let failure: Int32? = waiting.withUnsafeBytes { bytes in
                var done = 0
                while done < bytes.count {
                    let put = write(file.descriptor, bytes.baseAddress! + done, bytes.count - done)
                    if put < 0 && errno == EINTR { continue }
                    if put <= 0 { return errno }
                    done += put
                }
                return nil
            }
            waiting.removeAll(keepingCapacity: true)
            guard let failure else { return }
            if failure == ENOSPC { throw .diskFull(path: file.path) }
            throw .cannotWrite(path: file.path, reason: String(cString: strerror(failure)))
        }
    }
}
