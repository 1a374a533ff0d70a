public import Foundation

/// A state of a run that was saved while it went on.
public struct JobCheckpoint: Hashable, Sendable {
    /// Updates made until then.
    public let step: Int
    public let createdAt: Date
    /// What that step showed; nil when it is not known any more.
    public let metrics: StepMetrics?
    /// Under this name it can be asked; nil when it cannot be.
    public let model: String?

    public init(step: Int, createdAt: Date, metrics: StepMetrics?, model: String? = nil) {
        self.step = step
        self.createdAt = createdAt
        self.metrics = metrics
        self.model = model
    }
}
