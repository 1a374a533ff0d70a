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
    public let options: PrepareOptions
    /// Facts seen in the file, in the order in which they are told.
    public private(set) var notices: [Finding] = []
    /// In the order in which they are asked; follows the answers. The last one, if any, is `write`.
    public private(set) var questions: [PrepareQuestion] = []
    /// Where the answers lead; what is suggested counts where there is none.
    public private(set) var outcome: PrepareOutcome
    public private(set) var answers: [PrepareQuestion.ID: Bool] = [:]

    let subject: Subject
    let names: PreparedNames

    /// What the records are, with what was seen in them.
    enum Subject: Sendable {
        case pairs(Surveys)
        case chats(ChatSurvey)
    }

    /// Reads the file and finds what is worth asking.
    public init(
        analysing dataset: Dataset, _ options: PrepareOptions = PrepareOptions(), work: DataWork = .quiet
    ) throws(DataError) {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        self.dataset = dataset
        self.options = options
        if let layout = ChatLayout(of: dataset) {
            subject = .chats(try ChatSurveyor.survey(dataset, layout: layout, options: options, work: work))
        } else {
            subject = .pairs(try Surveys(of: dataset, options, work: work))
        }
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

    /// Answers every question that has no answer as it suggests.
    public mutating func acceptRest() {
        while let question = nextQuestion { answer(question.id, question.suggestion) }
    }

    /// The first question without an answer; nil when all have one.
    public var nextQuestion: PrepareQuestion? { questions.first { $0.answer == nil } }

    /// Makes questions and outcome follow the answers.
    private mutating func settle() {
        let isConverted = dataset.format != .jsonl || !dataset.isEditable
        switch subject {
        case .pairs(let surveys):
            let plan = PreparePlan(surveys, answers: answers)
            outcome = plan.outcome(names: names, isConverted: isConverted, share: options.share)
            questions = Questionnaire(plan: plan, outcome: outcome).questions
            notices = Notices(plan: plan, dataset: dataset).findings
        case .chats(let survey):
            let plan = ChatPlan(survey: survey, answers: answers)
            outcome = plan.outcome(names: names, isConverted: isConverted, share: options.share)
            questions = plan.questions(outcome)
            notices = plan.notices(of: dataset)
        }
    }
}

extension Preparation: Equatable {
    /// The same answers about the same state of the same file.
    public static func == (a: Preparation, b: Preparation) -> Bool {
        guard a.dataset == b.dataset, a.answers == b.answers else { return false }
        return switch (a.subject, b.subject) {
        case (.pairs(let a), .pairs(let b)): a === b
        case (.chats(let a), .chats(let b)): a === b
        default: false
        }
    }
}

/// The surveys of a file of prompts and completions, shared by all copies of a preparation.
final class Surveys: Sendable {
    /// Of every letter of the rows.
    let close: CloseSurvey
    /// Of the texts as they stand.
    let plain: Survey
    /// Of the texts once cleaned; nil when there is nothing to clean, or nothing would be left to learn from.
    let cleaned: Survey?

    init(of dataset: Dataset, _ options: PrepareOptions, work: DataWork) throws(DataError) {
        var work = work
        if let check = options.check {
            close = try CloseSurvey(of: dataset, check, work: work.stretch(0...0.7))
            work = work.stretch(0.7...1)
        } else {
            close = .none
        }
        plain = try Surveyor.survey(dataset, isCleaning: false, close: close, work: work.stretch(0...0.6))
        guard plain.unclean.count > 0 else {
            cleaned = nil
            try work.checkpoint(1)
            return
        }
        do throws(DataError) {
            cleaned = try Surveyor.survey(dataset, isCleaning: true, close: close, work: work.stretch(0.6...1))
        } catch {
            switch error {
            case .identicalPrompts, .identicalCompletions, .nothingUsable: cleaned = nil
            default: throw error
            }
        }
    }

    func survey(isCleaning: Bool) -> Survey { isCleaning ? cleaned ?? plain : plain }
}
