import Crypto
import Dispatch

/// The SHA-256 of a file, taken on another thread while the file is worked on.
///
/// The group keeps `outcome` from being read before it is written.
final class Fingerprint: @unchecked Sendable {
    private let group = DispatchGroup()
    private var outcome: Result<String, DataError> = .failure(.cancelled)

    init(of file: SourceFile, isCancelled: @escaping @Sendable () -> Bool) {
        DispatchQueue.global().async(group: group) { [self] in
            outcome = Result { () throws(DataError) in try Self.hash(file, isCancelled) }
        }
    }

    /// In hexadecimal; waits until it is known.
    func text() throws(DataError) -> String {
        group.wait()
        return try outcome.get()
    }

    private static func hash(_ file: SourceFile, _ isCancelled: () -> Bool) throws(DataError) -> String {
        var hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        var offset = 0
        while offset < file.size {
            if isCancelled() { throw .cancelled }
            let count = try file.read(at: offset, into: buffer)
            guard count > 0 else { throw .changedMeanwhile(file: file.path) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += count
        }
        return hexadecimal(hash.finalize())
    }

    /// The SHA-256 of a text, in hexadecimal.
    static func text(of text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
