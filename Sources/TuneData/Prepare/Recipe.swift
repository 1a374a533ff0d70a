import Foundation

/// What was done to a file and with which answers: kept beside the output, so that it can be told and done again.
struct Recipe {
    private let document: Document

    init(
        of preparation: Preparation, training: String, validation: String?, counts: (training: Int, validation: Int)
    ) {
        let asked = preparation.questions.filter { $0.id != .write }
        document = Document(
            input: .init(
                file: Self.name(preparation.dataset.path), format: preparation.dataset.format.rawValue,
                columns: [preparation.dataset.columns.prompt, preparation.dataset.columns.completion],
                bytes: preparation.dataset.bytes, sha256: "", records: preparation.outcome.recordsRead),
            answers: asked.map { .init(id: $0.id.rawValue, answer: $0.isAccepted ? "yes" : "no", records: $0.count) },
            separator: preparation.outcome.separator, ending: preparation.outcome.ending,
            output: [.init(file: Self.name(training), records: counts.training)]
                + (validation.map { [.init(file: Self.name($0), records: counts.validation)] } ?? []))
    }

    /// The file's text, with the input's SHA-256.
    func text(fingerprint: String) -> String {
        var document = document
        document.input.sha256 = fingerprint
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
            let format: String
            /// The keys of prompt and completion, as they were told.
            let columns: [String]
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
