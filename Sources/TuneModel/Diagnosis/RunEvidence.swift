/// The figures of a run that a diagnosis rests on.
public struct RunEvidence: Hashable, Sendable {
    public var hyperparameters: Hyperparameters
    /// Nil until the records have been read.
    public var facts: TrainingFacts?
    /// Whether the run is over.
    public var hasEnded: Bool
    public var totalSteps: Int
    public var loss = Series()
    public var sequenceAccuracy = Series()
    /// Share of examples whose last token the model would have chosen itself.
    public var endingAccuracy = Series()
    public var validationLoss = Series()
    public var validationSequenceAccuracy = Series()

    public init(_ hyperparameters: Hyperparameters, facts: TrainingFacts? = nil, totalSteps: Int, hasEnded: Bool) {
        self.hyperparameters = hyperparameters
        self.facts = facts
        self.totalSteps = totalSteps
        self.hasEnded = hasEnded
    }

    /// Of all steps of a run.
    public init(
        _ steps: [StepMetrics], _ hyperparameters: Hyperparameters, facts: TrainingFacts? = nil, hasEnded: Bool
    ) {
        self.init(hyperparameters, facts: facts, totalSteps: steps.last?.totalSteps ?? 0, hasEnded: hasEnded)
        for step in steps { append(step) }
    }

    /// Of a job and its steps; nil before its settings are known. `hasEnded` nil takes it from the job's status.
    public init?(_ job: Job, _ steps: [StepMetrics], hasEnded: Bool? = nil) {
        guard let hyperparameters = job.hyperparameters else { return nil }
        self.init(steps, hyperparameters, facts: job.facts, hasEnded: hasEnded ?? job.status.isFinal)
    }

    /// The figures of one more step.
    public mutating func append(_ step: StepMetrics) {
        totalSteps = step.totalSteps
        loss.append(step.trainingLoss, at: step.step)
        if let accuracy = step.trainingSequenceAccuracy { sequenceAccuracy.append(accuracy, at: step.step) }
        if let ending = step.trainingEndingAccuracy { endingAccuracy.append(ending, at: step.step) }
        if let validation = step.validationLoss { validationLoss.append(validation, at: step.step) }
        if let validation = step.validationSequenceAccuracy {
            validationSequenceAccuracy.append(validation, at: step.step)
        }
    }
}

extension RunEvidence {
    /// Updates made.
    var step: Int { loss.points.last?.step ?? 0 }

    /// Passes over the data up to an update, fractional; nil before the records have been read.
    func epoch(at step: Int) -> Double? {
        guard let facts, facts.examples > 0 else { return nil }
        return Double(step * hyperparameters.examplesPerStep) / Double(facts.examples)
    }

    /// Mean training loss over the updates of a range: one batch's loss alone says little.
    func meanLoss(in steps: ClosedRange<Int>) -> Double? { loss.mean(in: steps) }

    /// Mean training loss of the first and of the last tenth of the updates, at least three each.
    var ends: (first: Double, last: Double)? {
        guard loss.points.count >= 6 else { return nil }
        let width = max(3, loss.points.count / 10)
        return (loss.points.prefix(width).meanValue, loss.points.suffix(width).meanValue)
    }

    /// The validation that had the smallest loss.
    var best: Series.Point? { validationLoss.points.min { $0.value < $1.value } }

    /// Mean training loss between a validation and the one before it.
    func trainingLoss(before validation: Int) -> Double? {
        let previous = validationLoss.points.last { $0.step < validation }?.step ?? 0
        return meanLoss(in: previous + 1...max(previous + 1, validation))
    }
}

extension Series {
    func mean(in steps: ClosedRange<Int>) -> Double? {
        let part = points.filter { steps.contains($0.step) }
        return part.isEmpty ? nil : part[...].meanValue
    }
}

extension ArraySlice where Element == Series.Point {
    /// Of the values; there has to be one.
    var meanValue: Double { reduce(0) { $0 + $1.value } / Double(count) }
}
