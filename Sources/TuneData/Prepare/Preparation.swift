public import TuneModel

/// The prepare-data questions about one file, and the answers given so far.
///
/// Analysing and writing read the whole file and belong off the main actor; everything else is quick and touches no
/// file. The input is never changed, and nothing is written before `write`.
///
///     var preparation = try Preparation(analysing: Dataset(opening: "jargon.jsonl"))
///     preparation.answer(.removeLong, false)
///     let files = try preparation.write()
public struct Preparation: Equatable, Sendable {
    public let dataset: Dataset
    /// Facts seen in the file, in the order in which they are told.
    public private(set) var notices: [Finding]
    /// In the order in which they are asked; follows the answers. The last one, if any, is `write`.
    public private(set) var questions: [PrepareQuestion]
    /// Where the answers lead.
    public private(set) var outcome: PrepareOutcome
    public private(set) var answers: [PrepareQuestion.ID: Bool] = [:]

    /// Reads the file and finds what is worth asking.
    public init(analysing dataset: Dataset, work: DataWork = .quiet) throws(DataError) {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        self.dataset = dataset
        notices = []
        questions = []
        outcome = PrepareOutcome(
            task: .conditional, recordsRead: dataset.count, records: dataset.count, isChanged: false, files: [],
            fileRecords: [], separator: nil, ending: nil)
    }

    /// Gives or changes an answer; later questions follow.
    public mutating func answer(_ id: PrepareQuestion.ID, _ yes: Bool) {
        answers[id] = yes
    }

    /// Takes an answer back, as when going back to its question.
    public mutating func withdraw(_ id: PrepareQuestion.ID) {
        answers[id] = nil
    }

    /// Says yes to every question that has no answer.
    public mutating func acceptRest() {
        for question in questions where question.answer == nil { answer(question.id, true) }
    }

    /// The first question without an answer; nil when all have one.
    public var nextQuestion: PrepareQuestion? { questions.first { $0.answer == nil } }

    /// Writes what the answers say; the file itself is not touched. On failure nothing is left behind.
    public func write(work: DataWork = .quiet) throws(DataError) -> PreparedFiles {
        PreparedFiles(
            training: dataset.path, validation: nil, recipe: nil, trainingRecords: dataset.count, validationRecords: 0,
            isWritten: false)
    }
}
