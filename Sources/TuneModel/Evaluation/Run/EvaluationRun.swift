public import Foundation

/// Measures models on records, one model after the other: on what was expected, then by what they answer, then by what a
/// judge says of that.
public struct EvaluationRun: Sendable {
    let services: EvaluationServices
    private let frame: RecordFrame
    let exams: [Exam]
    private let records: [Record]
    let now: @Sendable () -> Date
    var report: EvaluationReport
    private var pace: EvaluationPace

    /// Records measured between two looks at whether to go on.
    private static let batch = 8

    /// - Parameters:
    ///   - records: those of the dataset, in its order.
    ///   - frame: what the whole dataset has around questions and answers.
    ///   - name: the dataset's, without its folder.
    public init(
        _ request: EvaluationRequest, records: [Record], frame: RecordFrame, name: String,
        services: EvaluationServices, now: @escaping @Sendable () -> Date = { Date() }
    ) throws(EvaluationError) {
        let all = records.prefix(request.limit ?? .max).enumerated().compactMap { row, record in
            Exam(record, in: frame).map { (row: row, record: record, exam: $0) }
        }
        guard !all.isEmpty else { throw .noRecords(dataset: request.dataset) }
        self.services = services
        self.frame = frame
        self.now = now
        exams = all.map(\.exam)
        self.records = all.map(\.record.measured)
        let expected = exams.map(\.expected)
        let segmentation = Segmentation(of: expected.prefix(1_000))
        // A few records may not show that the whole file's are classes.
        let labels = try Self.labels(of: records.compactMap { Exam($0, in: frame)?.expected }, request)
        let judge = Judge(request.judging, segmentation == .chinese ? .chinese : .english)
        report = EvaluationReport(
            id: EvaluationReport.newID(), createdAt: now(), request: request, name: name,
            records: all.map { EvaluatedRecord(row: $0.row, prompt: $0.exam.text, expected: $0.exam.expected) },
            models: request.models.map { ModelOutcomes(model: $0, count: all.count) }, segmentation: segmentation,
            labels: labels, judgePrompt: request.judge == nil ? nil : judge.template)
        let whole = all.count * request.models.count
        let judged = request.judging == .score ? whole : 2 * all.count
        pace = EvaluationPace(
            losses: whole, answers: request.generates ? whole : 0,
            judging: request.generates && request.judge != nil ? judged : 0)
    }

    /// Does it all. When the task is cancelled, what has been measured so far comes back with `isComplete` false.
    ///
    /// - Throws: when a model cannot be had. That it fails at one record is kept with that record.
    public mutating func perform(
        progress: @escaping @Sendable (EvaluationProgress) -> Void
    ) async throws -> EvaluationReport {
        let start = now()
        // A name that is wrong should not be found out after an hour.
        var manners: [AskingManner] = []
        for model in report.request.models { manners.append(try await services.manner(model)) }
        if let judge = report.request.judge { _ = try await services.manner(judge) }
        do {
            for model in report.models.indices {
                try await measure(model, progress)
                if report.request.generates { try await answer(model, manners[model], progress) }
            }
            if report.request.generates, let name = report.request.judge { try await judge(by: name, progress) }
            report.isComplete = true
        } catch {
            // Whatever was at work when it was told to stop complains about that.
            guard Task.isCancelled else { throw error }
        }
        report.seconds = now().timeIntervalSince(start)
        return report
    }

    // MARK: - Stages

    private mutating func measure(
        _ model: Int, _ progress: @Sendable (EvaluationProgress) -> Void
    ) async throws {
        let name = report.models[model].model
        var (tokens, seconds) = (0, 0.0)
        var round = Round(.losses, name, total: records.count, at: now())
        tell(round, progress)
        for start in stride(from: 0, to: records.count, by: Self.batch) {
            try Task.checkCancellation()
            let end = min(start + Self.batch, records.count)
            let begin = now()
            for loss in try await services.losses(name, Array(records[start..<end])) {
                var loss = loss
                loss.record += start
                report.models[model].outcomes[loss.record].loss = loss
                tokens += loss.tokens
            }
            let spent = now().timeIntervalSince(begin)
            seconds += spent
            pace.note(.losses, done: end - start, seconds: spent)
            round.done = end
            tell(round, progress)
        }
        report.models[model].lossSpeed = seconds > 0 && tokens > 0 ? Double(tokens) / seconds : nil
    }

    private mutating func answer(
        _ model: Int, _ manner: AskingManner, _ progress: @Sendable (EvaluationProgress) -> Void
    ) async throws {
        let name = report.models[model].model
        let requests = exams.enumerated().map { index, exam in
            let (input, stop) = manner.ask(exam.question, in: frame)
            return AnswerRequest(
                model: name, input: input, maxTokens: report.request.maxTokens,
                sampling: Sampling(temperature: report.request.temperature, seed: report.request.seed &+ UInt64(index)),
                stop: stop, skipsFirstLineEnds: true)
        }
        let begin = now()
        var tokens = 0
        var round = Round(.answers, name, total: requests.count, at: begin)
        tell(round, progress)
        for await reply in services.replies(to: requests) {
            switch reply.outcome {
            case .success(let whole):
                let score = AnswerScore(whole.text, expected: exams[reply.index].expected, report.segmentation)
                report.models[model].outcomes[reply.index].answer = WrittenAnswer(
                    text: AnswerText.trimmed(whole.text), finish: whole.summary?.finish ?? .stop,
                    tokens: whole.summary?.completionTokens ?? 0, score: score)
                tokens += whole.summary?.completionTokens ?? 0
            case .failure(let error):
                report.models[model].outcomes[reply.index].failure = Explanation(of: error)
            }
            note(&round, progress)
        }
        try Task.checkCancellation()
        let seconds = now().timeIntervalSince(begin)
        report.models[model].answerSpeed = seconds > 0 && tokens > 0 ? Double(tokens) / seconds : nil
    }

    // MARK: - Telling

    /// One stage of one model, answer by answer.
    struct Round {
        let stage: EvaluationProgress.Stage
        let model: String
        let total: Int
        var done = 0
        var last: Date

        init(_ stage: EvaluationProgress.Stage, _ model: String, total: Int, at start: Date) {
            self.stage = stage
            self.model = model
            self.total = total
            last = start
        }
    }

    /// One more answer has come.
    mutating func note(_ round: inout Round, _ progress: @Sendable (EvaluationProgress) -> Void) {
        let time = now()
        pace.note(round.stage, done: 1, seconds: time.timeIntervalSince(round.last))
        round.done += 1
        round.last = time
        tell(round, progress)
    }

    func tell(_ round: Round, _ progress: @Sendable (EvaluationProgress) -> Void) {
        progress(
            EvaluationProgress(
                stage: round.stage, model: round.model, done: round.done, total: round.total, share: pace.share,
                secondsLeft: pace.secondsLeft))
    }

    private static func labels(
        of expected: [String], _ request: EvaluationRequest
    ) throws(EvaluationError) -> Labels? {
        switch request.classes {
        case .no: return nil
        case .automatic: return Labels(recognizedIn: expected)
        case .yes:
            guard let labels = Labels(recognizedIn: expected, isForced: true) else {
                throw .tooManyClasses(dataset: request.dataset, most: Labels.most)
            }
            return labels
        }
    }
}
