/// Reads a list of records, `[{…}, {…}]`, one after the other: memory grows with the longest, not with the list.
struct JSONListReader {
    private enum Place { case outside, beforeFirst, beforeNext, inRecord, behindRecord, behindList }

    let file: SourceFile

    /// Writes each record as a line; a thing that is no object is an error, told by its place.
    func transcribe(into transcript: Transcript, work: DataWork) throws(DataError) {
        var state = State(file: file, transcript: transcript)
        let chunk = Buffer(min(LineReader.bufferSize, file.size))
        var offset = 0
        while offset < file.size {
            let count = min(LineReader.bufferSize, file.size - offset)
            guard try file.read(at: offset, into: .init(rebasing: chunk.raw[..<count])) == count else {
                throw .changedMeanwhile(file: file.path)
            }
            var bytes = UnsafeBufferPointer(rebasing: chunk.bytes[..<count])
            if offset == 0, bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = .init(rebasing: bytes[3...]) }
            try state.take(bytes)
            offset += count
            try work.checkpoint(Double(offset) / Double(file.size))
        }
        try state.finish()
    }

    /// Where the reader is in the list.
    private struct State {
        let file: SourceFile
        let transcript: Transcript
        let record = ByteBuffer()
        var place = Place.outside
        /// Brackets that are open in the record.
        var depth = 0
        var isInText = false
        var isEscaped = false
        /// Of the byte at hand: its line, and the characters before it in that line.
        var line = 1
        var column = 0
        /// The same of the record's first byte.
        var start = (line: 1, column: 0)

        init(file: SourceFile, transcript: Transcript) {
            self.file = file
            self.transcript = transcript
        }

        mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) throws(DataError) {
            for byte in bytes {
                if place == .inRecord {
                    try takeInside(byte)
                } else if byte != 0x20, byte != 0x09, byte != 0x0a, byte != 0x0d {
                    try takeBetween(byte)
                }
                if byte == 0x0a {
                    line += 1
                    column = 0
                } else if byte & 0xc0 != 0x80 {
                    column += 1
                }
            }
        }

        private mutating func takeInside(_ byte: UInt8) throws(DataError) {
            record.append(byte)
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5c {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInText = false
                }
            } else {
                switch byte {
                case 0x22: isInText = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth == 0 { try endRecord() }
                default: break
                }
            }
            guard record.count <= LineReader.lineLimit else {
                throw .lineTooLong(
                    file: file.path, line: start.line, bytes: record.count, limit: LineReader.lineLimit)
            }
        }

        private mutating func takeBetween(_ byte: UInt8) throws(DataError) {
            switch (place, byte) {
            case (.outside, UInt8(ascii: "[")): place = .beforeFirst
            case (.beforeFirst, UInt8(ascii: "]")), (.behindRecord, UInt8(ascii: "]")): place = .behindList
            case (.behindRecord, UInt8(ascii: ",")): place = .beforeNext
            case (.beforeFirst, UInt8(ascii: "{")), (.beforeNext, UInt8(ascii: "{")):
                place = .inRecord
                start = (line, column)
                record.count = 0
                record.append(byte)
                depth = 1
                isInText = false
            case (.beforeNext, UInt8(ascii: "]")): throw fault(.expectedValue)
            case (.behindRecord, _): throw fault(.expectedCommaOrEnd)
            case (.behindList, _): throw fault(.textAfterEnd)
            default: throw fault(.notAnObject)
            }
        }

        private mutating func endRecord() throws(DataError) {
            do throws(JSONScanner.Failure) {
                var scanner = JSONScanner(record.bytes)
                _ = try scanner.value(depth: 1)
                try scanner.finish()
            } catch {
                throw fault(error)
            }
            try transcript.add(json: record.bytes, at: start.line)
            record.count = 0
            place = .behindRecord
        }

        mutating func finish() throws(DataError) {
            switch place {
            case .behindList: return
            case .inRecord:
                do throws(JSONScanner.Failure) {
                    var scanner = JSONScanner(record.bytes)
                    _ = try scanner.value(depth: 1)
                } catch {
                    throw fault(error)
                }
                throw fault(.unexpectedEnd)
            default: throw fault(.unexpectedEnd)
            }
        }

        // MARK: -

        private func fault(_ problem: JSONProblem) -> DataError {
            .notJSON(file: file.path, line: line, column: column + 1, problem: problem)
        }

        /// A failure within the record.
        private func fault(_ failure: JSONScanner.Failure) -> DataError {
            let head = record.bytes[..<min(failure.offset, record.count)]
            let lines = head.count { $0 == 0x0a }
            let begin = head.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
            let characters = head[begin...].count { $0 & 0xc0 != 0x80 }
            return .notJSON(
                file: file.path, line: start.line + lines,
                column: 1 + characters + (lines == 0 ? start.column : 0), problem: failure.problem)
        }
    }
}
