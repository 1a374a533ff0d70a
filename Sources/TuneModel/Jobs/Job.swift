public import Foundation

/// Where a job stands.
public enum JobStatus: Hashable, Sendable {
    case validatingFiles, queued, running, paused, succeeded, failed, cancelled
    /// A word that some server uses and we do not know; shown as it is.
    case other(String)

    public init(_ text: String) {
        switch text {
        case "validating_files": self = .validatingFiles
        case "queued", "pending": self = .queued
        case "running": self = .running
        case "paused": self = .paused
        case "succeeded": self = .succeeded
        case "failed": self = .failed
        case "cancelled": self = .cancelled
        default: self = .other(text)
        }
    }

    /// The protocol's spelling.
    public var text: String {
        switch self {
        case .validatingFiles: "validating_files"
        case .queued: "queued"
        case .running: "running"
        case .paused: "paused"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .other(let text): text
        }
    }

    /// Whether nothing more will happen.
    public var isFinal: Bool {
        switch self {
        case .succeeded, .failed, .cancelled: true
        case .validatingFiles, .queued, .running, .paused, .other: false
        }
    }
}

/// Why a job failed.
public struct JobFailure: Hashable, Codable, Sendable {
    /// For programs: `worker_lost`, `loss_not_finite`, `invalid_training_file`, …
    public var code: String
    public var explanation: Explanation

    public init(code: String, explanation: Explanation) {
        self.code = code
        self.explanation = explanation
    }
}

/// One training run.
public struct Job: Hashable, Sendable, Identifiable {
    public let id: JobID
    public var status: JobStatus
    /// The base model it starts from.
    public var model: String
    /// `ft:…` once it has succeeded.
    public var fineTunedModel: String?
    public var suffix: String?
    /// A path, or a file id.
    public var trainingFile: String
    public var validationFile: String?
    public var createdAt: Date
    public var startedAt: Date?
    public var finishedAt: Date?
    /// What was asked for.
    public var request: HyperparameterRequest
    /// What runs; nil until the training file has been read.
    public var hyperparameters: Hyperparameters?
    public var totalSteps: Int?
    /// Tokens with a loss that have been learned from, repeats included.
    public var trainedTokens: Int?
    public var failure: JobFailure?
    /// The newest metrics, for lists.
    public var latest: StepMetrics?
    /// What was found in its records; nil until they have been read.
    public var facts: TrainingFacts?
    /// The sweep that it belongs to.
    public var group: GroupID?
    /// Its turn among the queued jobs, from 1; nil unless it is queued.
    public var turn: Int?
    /// What whoever made it attached to it.
    public var metadata: [String: String] = [:]
    /// The service that runs it; nil is this machine.
    public var origin: JobOrigin?

    public init(
        id: JobID, status: JobStatus = .queued, model: String, suffix: String? = nil, trainingFile: String,
        validationFile: String? = nil, createdAt: Date, request: HyperparameterRequest
    ) {
        self.id = id
        self.status = status
        self.model = model
        self.suffix = suffix
        self.trainingFile = trainingFile
        self.validationFile = validationFile
        self.createdAt = createdAt
        self.request = request
    }

    /// Whether it measures itself on records that it does not learn from.
    public var isValidated: Bool { validationFile != nil || request.validationShare != nil }

    /// A short name for people: the suffix, else the training file's, without endings.
    public var title: String {
        if let suffix, !suffix.isEmpty { return suffix }
        let file = trainingFile.split(separator: "/").last.map(String.init) ?? trainingFile
        return file.hasSuffix(".jsonl") ? String(file.dropLast(6)) : file
    }

    /// Share of the steps that are done, 0 to 1.
    public var progress: Double? {
        guard let latest, latest.totalSteps > 0 else { return nil }
        return Double(latest.step) / Double(latest.totalSteps)
    }
}

/// What a person asks for when starting a job.
public struct JobRequest: Hashable, Sendable {
    public var model: String
    public var trainingFile: String
    public var validationFile: String?
    public var suffix: String?
    public var hyperparameters: HyperparameterRequest
    /// Texts to find it by, under names.
    public var metadata: [String: String]
    /// Where it is to run; nil is this machine. `model` is then that service's name of it, and the files are paths here
    /// or ids of the service.
    public var service: ServiceName?

    public init(
        model: String, trainingFile: String, validationFile: String? = nil, suffix: String? = nil,
        hyperparameters: HyperparameterRequest = HyperparameterRequest(), metadata: [String: String] = [:],
        service: ServiceName? = nil
    ) {
        self.model = model
        self.trainingFile = trainingFile
        self.validationFile = validationFile
        self.suffix = suffix
        self.hyperparameters = hyperparameters
        self.metadata = metadata
        self.service = service
    }
}
