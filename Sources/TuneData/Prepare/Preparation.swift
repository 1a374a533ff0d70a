public import TuneModel

/// The prepare-data questions about one file, and the answers given so far.
///
/// Analysing and writing read the whole file and belong off the main actor; everything else is quick and touches no
/// file. The input is never changed, and nothing is written before `write`.
///
///     var preparation = try Preparation(analysing: Dataset(opening: "jargon.jsonl"))
///     preparation.answer(.removeLong, false)
///     let files = try preparation.write()
public struct Preparation: Sendable {
    public let dataset: Dataset
    /// Facts seen in the file, in the order in which they are told.
    public private(set) var notices: [Finding] = []
    /// In the order in which they are asked; follows the answers. The last one, if any, is `write`.
    public private(set) var questions: [PrepareQuestion] = []
    /// Where the answers lead; no answer counts as yes.
    public private(set) var outcome: PrepareOutcome
    public private(set) var answers: [PrepareQuestion.ID: Bool] = [:]

    let surveys: Surveys
    let names: PreparedNames

    /// Reads the file and finds what is worth asking.
    public init(analysing dataset: Dataset, work: DataWork = .quiet) throws(DataError) {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        self.dataset = dataset
        surveys = try Surveys(of: dataset, work: work)
        names = PreparedNames(for: dataset.path)
        outcome = .unchanged(dataset.count)
        settle()
    }

    /// Gives or changes an answer; later questions follow.
    public mutating func answer(_ id: PrepareQuestion.ID, _ yes: Bool) {
        answers[id] = yes
        settle()
    }

    /// Takes an answer back, as when going back to its question.
    public mutating func withdraw(_ id: PrepareQuestion.ID) {
        answers[id] = nil
        settle()
    }

    /// Says yes to every question that has no answer.
    public mutating func acceptRest() {
        while let question = nextQuestion { answer(question.id, true) }
    }

    /// The first question without an answer; nil when all have one.
    public var nextQuestion: PrepareQuestion? { questions.first { $0.answer == nil } }

    /// The survey that the answers make count: of the texts as they stand, or cleaned.
    var survey: Survey { surveys.survey(isCleaning: answers[.cleanText] ?? true) }

    /// Makes questions and outcome follow the answers.
    private mutating func settle() {
        let plan = PreparePlan(surveys, answers: answers)
        outcome = plan.outcome(names: names, isConverted: dataset.format != .jsonl || !dataset.isEditable)
        questions = Questionnaire(plan: plan, outcome: outcome).questions
        notices = Notices(plan: plan, dataset: dataset).findings
    }
}

extension Preparation: Equatable {
    /// The same answers about the same state of the same file.
    public static func == (a: Preparation, b: Preparation) -> Bool {
        a.dataset == b.dataset && a.answers == b.answers && a.surveys === b.surveys
    }
}

/// The surveys of a file, shared by all copies of a preparation.
final class Surveys: Sendable {
    /// Of the texts as they stand.
    let plain: Survey
    /// Of the texts once cleaned; nil when there is nothing to clean, or nothing would be left to learn from.
    let cleaned: Survey?

    init(of dataset: Dataset, work: DataWork) throws(DataError) {
        plain = try Surveyor.survey(dataset, isCleaning: false, work: work.stretch(0...0.6))
        guard plain.unclean.count > 0 else {
            cleaned = nil
            try work.checkpoint(1)
            return
        }
        do throws(DataError) {
            cleaned = try Surveyor.survey(dataset, isCleaning: true, work: work.stretch(0.6...1))
        } catch {
            switch error {
            case .identicalPrompts, .identicalCompletions, .nothingUsable: cleaned = nil
            default: throw error
            }
        }
    }

    func survey(isCleaning: Bool) -> Survey { isCleaning ? cleaned ?? plain : plain }
}
