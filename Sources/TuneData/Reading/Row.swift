public import TuneModel

/// One row of a dataset, read when it was asked for.
public struct Row: Hashable, Sendable {
    /// Of a row too long to be a record, so many bytes are kept for showing.
    public static let shownLimit = 64 << 10

    /// From 0.
    public let index: Int
    /// Line in the file, from 1; of an edited dataset, the line it would have without blank lines.
    public let line: Int
    /// Its bytes, without the line end; only the first of them when it is `tooLong`.
    public let bytes: [UInt8]
    /// All of its bytes, counted.
    public let length: Int
    /// What the bytes say; nil when they say no record, and `problem` tells why.
    public let record: Record?
    public let problem: Problem?
    /// Whether it is not as it stands in the file, or not in it at all.
    public let isEdited: Bool

    /// Why a row is no record.
    public enum Problem: Hashable, Sendable {
        /// The column counts from 1, in characters.
        case notJSON(JSONProblem, column: Int)
        case record(RecordProblem)
        /// More bytes than a record may have.
        case tooLong(bytes: Int, limit: Int)
    }

    /// Its bytes as a text; broken ones appear as U+FFFD, and an ellipsis in place of what was left out.
    public var text: String {
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.count < length ? text + "…" : text
    }
}

extension Row.Problem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .notJSON(let problem, _): problem.wording
        case .record(let problem): problem.wording
        case .tooLong(let bytes, let limit): Self.tooLong(bytes, limit)
        }
    }

    static func tooLong(_ bytes: Int, _ limit: Int) -> Wording {
        Wording(
            "is \(bytes.grouped) bytes long; a record has at most \(limit >> 20) MB.",
            "长 \(bytes.grouped) 字节，而一条记录最多 \(limit >> 20) MB。")
    }
}

extension Row {
    init(index: Int, line: Line, columns: Columns, isEdited: Bool = false) {
        guard line.isCut else {
            self.init(
                index: index, line: line.number, bytes: Array(line.bytes), columns: columns, isEdited: isEdited)
            return
        }
        // Not in the middle of a character.
        let end = line.bytes[..<Self.shownLimit].lastIndex { $0 & 0xc0 != 0x80 } ?? Self.shownLimit
        self.init(
            index: index, line: line.number, bytes: Array(line.bytes[..<end]), length: line.content.count, record: nil,
            problem: .tooLong(bytes: line.content.count, limit: LineReader.lineLimit), isEdited: isEdited)
    }

    /// Reads the bytes as a record.
    public init(index: Int, line: Int, bytes: [UInt8], columns: Columns = .standard, isEdited: Bool = false) {
        var record: Record?
        var problem: Problem?
        bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONScanner.Failure) {
                let value = try JSONValue(buffer)
                guard case .object = value else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
                do throws(RecordProblem) {
                    record = try RecordParser.record(from: value, columns)
                } catch {
                    problem = .record(error)
                }
            } catch {
                problem = .notJSON(error.problem, column: error.column(in: buffer))
            }
        }
        self.init(
            index: index, line: line, bytes: bytes, length: bytes.count, record: record, problem: problem,
            isEdited: isEdited)
    }
}

extension JSONScanner.Failure {
    /// The character, from 1, that the failure is at.
    func column(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        1 + bytes[..<min(offset, bytes.count)].count { $0 & 0xc0 != 0x80 }
    }
}
