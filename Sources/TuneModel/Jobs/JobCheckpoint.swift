public import Foundation

/// A state of a run that was saved while it went on.
public struct JobCheckpoint: Hashable, Sendable {
    /// Updates made until then.
    public let step: Int
    public let createdAt: Date
    /// What that step showed; nil when it is not known any more.
    public let metrics: StepMetrics?

    public init(step: Int, createdAt: Date, metrics: StepMetrics?) {
        self.step = step
        self.createdAt = createdAt
        self.metrics = metrics
    }
}
