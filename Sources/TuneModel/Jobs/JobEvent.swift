public import Foundation

/// Something that happened in a job.
public struct JobEvent: Hashable, Sendable, Identifiable {
    public enum Level: String, Codable, Sendable { case info, warn, error }

    public enum Kind: Hashable, Sendable {
        case message
        case metrics(StepMetrics)
        case sample(SampleAnswer)
        /// The job moved to this status.
        case status(JobStatus)
    }

    /// Grows by at least one within a job; followers go on after the last they saw.
    public let id: Int
    public let createdAt: Date
    public let level: Level
    public let message: Wording
    public let kind: Kind

    public init(id: Int, createdAt: Date, level: Level = .info, message: Wording, kind: Kind = .message) {
        self.id = id
        self.createdAt = createdAt
        self.level = level
        self.message = message
        self.kind = kind
    }
}
