import TuneModel

extension Follow.State {
    /// Says anew what the course of the followed job means, the gravest first.
    mutating func explain(_ job: Job?) {
        guard let job, job.id == self.job, let settings = job.hyperparameters else {
            meaning = []
            return
        }
        var run = RunEvidence(
            settings, facts: job.facts, totalSteps: job.totalSteps ?? 0, hasEnded: job.status.isFinal)
        run.loss = loss
        run.sequenceAccuracy = course[.sequenceAccuracy]
        run.endingAccuracy = course[.endingAccuracy]
        run.validationLoss = validationLoss
        run.validationSequenceAccuracy = course[.validationSequenceAccuracy]
        meaning = Diagnosis.all(of: run).prefix(Self.mostMeanings).map {
            Wording(verbatim: $0.severity.mark + " ") + $0.sentence
        }
    }

    /// More than these nobody would act upon at once.
    private static let mostMeanings = 3
}
