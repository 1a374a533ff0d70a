import Foundation
import NIOCore
import TuneModel

/// A multipart form with a part of a file in it, read from disk as it is sent.
struct FormFile: Sendable {
    let fields: [(String, String)]
    /// Of the form's field that the file is in.
    let name: String
    let filename: String
    let path: String
    let offset: Int64
    let bytes: Int64
    let boundary = "tunedeck-" + String(UInt64.random(in: 1 ... .max), radix: 36)
    /// Bytes of the file that are on their way.
    let progress: @Sendable (Int64) -> Void

    var length: Int64 { Int64(head.count + tail.count) + bytes }

    /// The form, opened anew.
    func pieces() throws -> FormPieces {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ServiceFault.unreadableFile(path: path, reason: Wording(verbatim: String(cString: strerror(errno))))
        }
        do {
            try handle.seek(toOffset: UInt64(offset))
        } catch {
            throw ServiceFault.unreadableFile(path: path, reason: Wording(verbatim: error.localizedDescription))
        }
        return FormPieces(form: self, handle: handle)
    }

    var head: [UInt8] {
        var text = ""
        for (name, value) in fields {
            text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(quoted)\"\r\n"
        return Array((text + "Content-Type: application/octet-stream\r\n\r\n").utf8)
    }

    var tail: [UInt8] { Array("\r\n--\(boundary)--\r\n".utf8) }

    /// As browsers write it: what would end the name is escaped.
    private var quoted: String {
        // Scalar by scalar: CR and LF together are one character.
        filename.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "%22"
            case "\r": "%0D"
            case "\n": "%0A"
            default: String(scalar)
            }
        }.joined()
    }
}

/// The bytes of a form, in order.
struct FormPieces: AsyncSequence, Sendable {
    let form: FormFile
    let handle: FileHandle

    static let pieceBytes = 1 << 18

    struct AsyncIterator: AsyncIteratorProtocol {
        let form: FormFile
        let handle: FileHandle
        private var sent: Int64 = 0
        private var stage = Stage.head

        private enum Stage { case head, file, end }

        init(form: FormFile, handle: FileHandle) {
            self.form = form
            self.handle = handle
        }

        mutating func next() async throws -> ByteBuffer? {
            switch stage {
            case .head:
                stage = .file
                return ByteBuffer(bytes: form.head)
            case .file where sent < form.bytes:
                let wanted = Int(Swift.min(Int64(FormPieces.pieceBytes), form.bytes - sent))
                guard let data = try handle.read(upToCount: wanted), !data.isEmpty else {
                    throw ServiceFault.unreadableFile(
                        path: form.path, reason: Wording("it has become shorter", "文件变短了"))
                }
                sent += Int64(data.count)
                form.progress(sent)
                return ByteBuffer(bytes: data)
            case .file:
                stage = .end
                return ByteBuffer(bytes: form.tail)
            case .end: return nil
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(form: form, handle: handle) }
}
