/// One training run, from records to an adapter on disk.
///
/// The story: open the model, encode the records, take up a checkpoint if there is one, then step by step
/// (`TrainingStep`) with validation and checkpoints in between, and deliver the best adapter.
public struct TrainingRun {
    public let plan: TrainingPlan

    /// Steps between two checkpoints.
    static let checkpointInterval = 10

    public init(plan: TrainingPlan) {
        self.plan = plan
    }

    /// Runs to the end on the calling thread, resuming from the folder's newest checkpoint when there is one.
    ///
    /// `shouldStop` is asked after every step. A loss that is not finite ends the run with an error; the newest
    /// checkpoint before it stays.
    public func run(
        shouldStop: () -> TrainingStop?, report: (TrainingNews) -> Void
    ) throws(TrainerError) -> TrainingEnd {
        let session = try TrainingSession(plan)
        session.takeNews().forEach(report)
        while session.state.step < session.totalSteps {
            let metrics = try session.makeStep()
            report(.step(metrics))
            let isLast = session.state.step == session.totalSteps
            if let stop = shouldStop(), !isLast {
                try session.writeCheckpoint()
                return .stopped(stop)
            }
            if isLast || session.wantsCheckpoint || session.state.step % Self.checkpointInterval == 0 {
                try session.writeCheckpoint()
            }
        }
        let delivery = try session.deliver()
        session.takeNews().forEach(report)
        report(.delivered(delivery, trainedTokens: session.state.trainedTokens))
        return .finished
    }
}
