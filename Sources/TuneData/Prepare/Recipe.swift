import Foundation
import TuneModel

/// What was done to a file and with which answers: kept beside the output, so that it can be told and done again.
struct Recipe {
    private let document: Document

    init(
        of preparation: Preparation, training: String, validation: String?, counts: (training: Int, validation: Int)
    ) {
        let asked = preparation.questions.filter { $0.id != .write }
        let options = preparation.options
        document = Document(
            input: .init(
                file: Self.name(preparation.dataset.path), format: preparation.dataset.format.rawValue,
                columns: [preparation.dataset.columns.prompt, preparation.dataset.columns.completion],
                bytes: preparation.dataset.bytes, sha256: "", records: preparation.outcome.recordsRead),
            options: .init(
                near: options.check?.near, model: options.check?.measure?.model,
                context: options.check?.measure?.context, system: options.system, share: options.share,
                seed: options.seed),
            answers: asked.map { .init(id: $0.id.rawValue, answer: $0.isAccepted ? "yes" : "no", records: $0.count) },
            separator: preparation.outcome.separator, ending: preparation.outcome.ending,
            output: [.init(file: Self.name(training), records: counts.training)]
                + (validation.map { [.init(file: Self.name($0), records: counts.validation)] } ?? []))
    }

    /// The file's text, with the input's SHA-256.
    func text(fingerprint: String) -> String {
        var document = document
        document.input?.sha256 = fingerprint
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(document) else { return "" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The recipe as it is kept. What a recipe written by hand leaves out is nil.
    struct Document: Codable {
        static let version = 1

        var version: Int? = Self.version
        var input: Input?
        var options: Options?
        var answers: [Answer]?
        /// What `prepare --json` calls the answers.
        var questions: [Answer]?
        var separator: String?
        var ending: String?
        var output: [Output]?

        struct Input: Codable {
            let file: String
            let format: String
            /// The keys of prompt and completion, as they were told.
            let columns: [String]
            let bytes: Int
            var sha256: String
            let records: Int
        }
        struct Options: Codable {
            /// The threshold of near-duplicates; nil when they were not looked for.
            let near: Double?
            /// The base model whose tokens were counted, and how many it takes.
            let model: String?
            let context: Int?
            let system: String?
            let share: Double?
            let seed: UInt64?
        }
        struct Answer: Codable {
            let id: String
            let answer: String
            /// Records that it changed, or would have.
            let records: Int?
        }
        struct Output: Codable {
            let file: String
            let records: Int
        }
    }
}
