/// One training run, from records to an adapter, or a whole model, on disk.
///
/// The story: open the model, encode the records, take up a checkpoint if there is one, then step by step
/// (`TrainingStep`) with validation and checkpoints in between, and deliver the best adapter.
public struct TrainingRun {
    public let plan: TrainingPlan

    /// How often checkpoints are written.
    var rhythm = CheckpointRhythm()

    public init(plan: TrainingPlan) {
        self.plan = plan
    }

    /// Runs to the end on the calling thread, resuming from the folder's newest checkpoint when there is one.
    ///
    /// `shouldStop` is asked after every step; a run that is to keep what it has ends as finished. A loss that is not
    /// finite ends the run with an error; the newest checkpoint before it stays.
    public func run(
        shouldStop: () -> TrainingStop?, report: (TrainingNews) -> Void
    ) throws(TrainerError) -> TrainingEnd {
        let session = try TrainingSession(plan, rhythm: rhythm)
        session.takeNews().forEach(report)
        while !session.isOver {
            let metrics = try session.makeStep()
            report(.step(metrics))
            session.answerSamplesIfDue()
            session.takeNews().forEach(report)
            switch session.isOver ? nil : shouldStop() {
            case nil: try session.writeCheckpointIfDue()
            case .keep:
                if let validated = try session.keep(metrics) { report(.step(validated)) }
                try session.writeCheckpoint()
            case .some(let stop):
                try session.writeCheckpoint()
                return .stopped(stop)
            }
        }
        try session.deliver()
        session.takeNews().forEach(report)
        return .finished
    }
}
