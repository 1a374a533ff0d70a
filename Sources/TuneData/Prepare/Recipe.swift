import Crypto
import Foundation

/// What was done to a file and with which answers: kept beside the output, so that it can be told and done again.
struct Recipe {
    private let document: Document
    private let source: SourceFile

    init(
        of preparation: Preparation, training: String, validation: String?, counts: (training: Int, validation: Int)
    ) {
        source = preparation.dataset.original
        let asked = preparation.questions.filter { $0.id != .write }
        document = Document(
            input: .init(
                file: Self.name(preparation.dataset.path), bytes: preparation.dataset.bytes, sha256: "",
                records: preparation.outcome.recordsRead),
            answers: asked.map { .init(id: $0.id.rawValue, answer: $0.isAccepted ? "yes" : "no", records: $0.count) },
            separator: preparation.outcome.separator, ending: preparation.outcome.ending,
            output: [.init(file: Self.name(training), records: counts.training)]
                + (validation.map { [.init(file: Self.name($0), records: counts.validation)] } ?? []))
    }

    /// The file's text. Reads the input once more, for its fingerprint.
    func text(work: DataWork) throws(DataError) -> String {
        var document = document
        document.input.sha256 = try source.sha256(work: work)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(document) else { return "" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private struct Document: Encodable {
        var version = 1
        var input: Input
        let answers: [Answer]
        let separator: String?
        let ending: String?
        let output: [Output]

        struct Input: Encodable {
            let file: String
            let bytes: Int
            var sha256: String
            let records: Int
        }
        struct Answer: Encodable {
            let id: String
            let answer: String
            /// Records that it changed, or would have.
            let records: Int
        }
        struct Output: Encodable {
            let file: String
            let records: Int
        }
    }
}

extension SourceFile {
    /// The SHA-256 of all bytes, in hexadecimal.
    func sha256(work: DataWork) throws(DataError) -> String {
        var hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        var offset = 0
        while offset < size {
            let count = try read(at: offset, into: buffer)
            guard count > 0 else { throw .changedMeanwhile(file: path) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += count
            try work.checkpoint(Double(offset) / Double(size))
        }
        return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
