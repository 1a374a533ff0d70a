import Foundation
import TuneModel

/// A run at work: the model in memory, the data encoded, and where it stands.
final class TrainingSession {
    private(set) var state: Checkpoint.State
    let totalSteps: Int

    private let plan: TrainingPlan
    private var news: [TrainingNews] = []
    private let examples: ExampleStore
    private let files: TrainedFiles
    private let validation: Validation
    private let rig: TrainingRig
    private let order: BatchOrder
    private var orderCache = BatchOrder.Cache()
    private let schedule: Schedule
    private let losses: RecordLosses
    private let checkpoint: Checkpoint
    private var clock: CheckpointClock
    private var pace = Pace()

    init(_ plan: TrainingPlan, rhythm: CheckpointRhythm) throws(TrainerError) {
        let hyperparameters = plan.hyperparameters
        // Before anything is written: what writers that were killed have left.
        AtomicFile.removeDrafts(in: plan.folder)
        let material = try TrainingMaterial(plan)
        let adapter = try material.adapter(plan)
        let shape = try material.shape(plan, adapter.layout)
        let team = Team(size: plan.teamSize)
        let fingerprint = try material.fingerprint(plan, adapter)
        rig = try TrainingRig(
            plan, material, shape, weights: material.weights, adapter: adapter, team: team)
        self.plan = plan
        examples = material.examples
        losses = RecordLosses(records: examples.count)
        order = material.order
        totalSteps = material.steps
        validation = Validation(material.validation, hyperparameters, totalSteps: totalSteps)
        schedule = Schedule(
            hyperparameters.schedule, peak: hyperparameters.learningRate, warmupShare: hyperparameters.warmupShare,
            totalSteps: totalSteps)
        checkpoint = Checkpoint(folder: "\(plan.folder)/checkpoints")
        files = TrainedFiles(base: material.base, baseName: plan.modelName, folder: plan.folder)

        let found = checkpoint.restore(rig.numbers(losses), fingerprint: fingerprint)
        state = found ?? Checkpoint.State(fingerprint: fingerprint)
        rig.step.optimizer.step = state.step
        let bytes = rig.numbers(losses).reduce(0) { $0 + $1.value.bytes.count }
        clock = CheckpointClock(rhythm, bytes: bytes, step: state.step, at: Self.now)
        describe()
        if state.step == 0 { answerSamples() }
    }

    /// Whether all steps are made, or the run ends before that.
    var isOver: Bool {
        state.step >= totalSteps || state.isKept || validation.isOutOfPatience(state.validation)
    }

    /// One update, with validation where it is due.
    func makeStep() throws(TrainerError) -> StepMetrics {
        let batches = order.batches(of: state.step, in: &orderCache).map { rows in rows.map { examples[$0] } }
        let rate = schedule.rate(at: state.step)
        let start = Self.now
        let outcome = rig.step.update(with: batches, rate: rate)
        pace.stepped(tokens: outcome.batch.tokens, seconds: Self.now - start)
        guard outcome.brokenRows.isEmpty else {
            throw .notFiniteLoss(step: state.step + 1, rows: outcome.brokenRows)
        }
        let batch = outcome.batch
        state.step += 1
        state.elapsedTokens += batch.tokens
        state.elapsedExamples += batch.examples.count
        state.trainedTokens += batch.trainedTokens
        losses.absorb(batch.examples, step: state.step)
        let validated = validation.isDue(after: state.step) ? try validate() : nil
        return StepMetrics(
            step: state.step, totalSteps: totalSteps, epoch: Double(state.elapsedExamples) / Double(examples.count),
            elapsedTokens: state.elapsedTokens, elapsedExamples: state.elapsedExamples, trainingLoss: batch.loss,
            trainingTokenAccuracy: batch.tokenAccuracy, trainingSequenceAccuracy: batch.sequenceAccuracy,
            trainingEndingAccuracy: batch.endingAccuracy, validation: validated, learningRate: rate,
            gradientNorm: outcome.gradientNorm, tokensPerSecond: pace.tokensPerSecond,
            secondsLeft: pace.secondsLeft(
                steps: totalSteps - state.step, looks: validation.count(after: state.step)),
            peakMemoryMB: ProcessMemory.peakMB)
    }

    /// Asks the sample prompts where a look at the model is due.
    func answerSamplesIfDue() {
        if validation.isDue(after: state.step) { answerSamples() }
    }

    /// Ends the run here, as if it had been planned so; a checkpoint should follow. Returns the newest metrics with a
    /// validation of this step, if there are records for it and it was not due anyway.
    func keep(_ newest: StepMetrics) throws(TrainerError) -> StepMetrics? {
        var metrics: StepMetrics?
        if !validation.isEmpty, state.validation.step != state.step, let found = try validate() {
            metrics = newest.with(found)
        }
        state.isKept = true
        return metrics
    }

    func writeCheckpoint() throws(TrainerError) {
        let start = Self.now
        try checkpoint.write(state, rig.numbers(losses))
        clock.written(after: state.step, from: start, to: Self.now)
    }

    /// From time to time, and when nothing more comes.
    func writeCheckpointIfDue() throws(TrainerError) {
        if isOver || clock.isDue(after: state.step, at: Self.now) { try writeCheckpoint() }
    }

    /// Puts what was learned into the job's folder, and tells which step's it is, and how each record did.
    func deliver() throws(TrainerError) {
        if state.isKept {
            news.append(.message(TrainingWords.kept(state.step, of: totalSteps), .info))
        } else if state.step < totalSteps, let words = TrainingWords.stoppedEarly(state) {
            news.append(.message(words, .info))
        }
        let result = try TrainedDelivery(files: files, checkpoint: checkpoint).deliver(rig.adapter, state)
        news.append(.recordLosses(losses.all))
        news.append(.message(result.told, result.level))
        news.append(.delivered(result.delivery, trainedTokens: state.trainedTokens))
    }

    /// What there is to tell since the last call.
    func takeNews() -> [TrainingNews] {
        defer { news = [] }
        return news
    }

    // MARK: -

    /// Seconds on a clock that is never set.
    private static var now: Double { origin.duration(to: .now) / .seconds(1) }
    private static let origin = ContinuousClock.now

    private func validate() throws(TrainerError) -> Evaluation? {
        guard !validation.isEmpty else { return nil }
        let start = Self.now
        let result = rig.evaluator.evaluate(validation.examples)
        pace.looked(seconds: Self.now - start)
        guard result.loss.isFinite else { throw .notFiniteValidation(step: state.step) }
        if state.validation.absorb(result.loss, after: state.step) {
            try checkpoint.writeBest(rig.adapter.values, step: state.step)
        }
        return result
    }

    private func answerSamples() {
        guard let samples = rig.samples else { return }
        news += samples.ask(after: state.step).map(TrainingNews.sample)
    }

    private var facts: TrainingFacts {
        TrainingFacts(
            examples: examples.count, validationExamples: validation.examples.count,
            tokens: examples.tokenCount, trainedTokens: examples.trainedTokens,
            cutPrompts: examples.cutCount - examples.cutAnswers, cutAnswers: examples.cutAnswers,
            contextLength: rig.model.config.contextLength)
    }

    private func describe() {
        func tell(_ words: Wording?, _ level: JobEvent.Level = .info) {
            if let words { news.append(.message(words, level)) }
        }
        news.append(.read(facts))
        tell(TrainingWords.data(examples, plan.hyperparameters, totalSteps: totalSteps))
        tell(TrainingWords.cut(examples), .warn)
        if let (words, level) = TrainingWords.validation(plan, used: validation.examples.count) { tell(words, level) }
        tell(TrainingWords.start(plan, rig.adapter.layout))
        if state.step > 0 { tell(TrainingWords.resumed(state.step)) }
    }
}

extension StepMetrics {
    /// The same step with a validation.
    fileprivate func with(_ validation: Evaluation) -> StepMetrics {
        var metrics = self
        metrics.validationLoss = validation.loss
        metrics.validationTokenAccuracy = validation.tokenAccuracy
        metrics.validationSequenceAccuracy = validation.sequenceAccuracy
        return metrics
    }
}
