import Foundation

/// Answers that were given before: those of a recipe, or of what `prepare --json` printed.
public struct RecordedAnswers: Sendable {
    /// What the questions were based on.
    public let near: Double?
    /// The base model whose tokens were counted.
    public let model: String?
    public let system: String?
    public let share: Double?
    public let seed: UInt64?
    /// The keys of prompt and completion; nil where they were not told.
    public let columns: Columns?
    /// Whether it says what the questions were based on.
    public let hasOptions: Bool

    private let answers: [(name: String, isYes: Bool)]
    private let fingerprint: String?

    /// What could not be done again.
    public struct Rest: Hashable, Sendable {
        /// Names of questions that this version does not know.
        public var unknown: [String] = []
        /// Questions that this file does not raise.
        public var unasked: [PrepareQuestion.ID] = []
        /// Questions that this file raises and that were not answered.
        public var unanswered: [PrepareQuestion.ID] = []
    }

    /// Reads a recipe, or answers in its form.
    public init(reading path: String) throws(DataError) {
        let file = try SourceFile(opening: path)
        guard file.size <= 16 << 20 else { throw .notAnswers(file: path, reason: nil) }
        let document: Recipe.Document
        do {
            document = try JSONDecoder().decode(
                Recipe.Document.self, from: Data(try file.bytes(in: 0..<file.size)))
        } catch let error as DataError {
            throw error
        } catch {
            throw .notAnswers(file: path, reason: nil)
        }
        guard let given = document.answers ?? document.questions else { throw .notAnswers(file: path, reason: nil) }
        if let version = document.version, version > Recipe.Document.version {
            throw .notAnswers(file: path, reason: "version \(version)")
        }
        var answers: [(String, Bool)] = []
        for answer in given {
            switch answer.answer.lowercased() {
            case "yes", "y", "true": answers.append((answer.id, true))
            case "no", "n", "false": answers.append((answer.id, false))
            default: throw .notAnswers(file: path, reason: answer.answer)
            }
        }
        self.answers = answers
        near = document.options?.near
        model = document.options?.model
        system = document.options?.system
        share = document.options?.share
        seed = document.options?.seed
        hasOptions = document.options != nil
        columns = document.input.flatMap {
            $0.columns.count == 2 ? Columns(prompt: $0.columns[0], completion: $0.columns[1]) : nil
        }
        fingerprint = document.input?.sha256
    }

    /// Gives the answers to a preparation, and tells what did not fit it. What was not answered stays open.
    public func answer(_ preparation: inout Preparation) -> Rest {
        var rest = Rest()
        var known: [PrepareQuestion.ID] = []
        for answer in answers {
            guard let id = PrepareQuestion.ID(rawValue: answer.name) else {
                rest.unknown.append(answer.name)
                continue
            }
            preparation.answer(id, answer.isYes)
            known.append(id)
        }
        let asked = preparation.questions.map(\.id)
        rest.unasked = known.filter { !asked.contains($0) && $0 != .write }
        rest.unanswered = asked.filter { !known.contains($0) && $0 != .write }
        return rest
    }

    /// Whether a file is the one that the answers were given about; nil where that is not told.
    public func isSame(_ dataset: Dataset, work: DataWork = .quiet) throws(DataError) -> Bool? {
        guard let fingerprint, !fingerprint.isEmpty else { return nil }
        return try Fingerprint(of: dataset.original, isCancelled: work.isCancelled).text() == fingerprint
    }
}
