public import Foundation

/// A fine-tuning service elsewhere, as it is: it keeps its own jobs under its own ids, and nothing is kept of it here.
///
/// Calls retry by themselves where that is safe, and throw an `ExplainedError` once they give up.
public protocol RemoteJobService: Sendable {
    /// Creates a job from files that the service has.
    ///
    /// - Parameter key: the same for every try of one wish, so that no wish makes two jobs.
    func create(_ request: RemoteJobRequest, key: String) async throws -> RemoteJob
    /// Newest first, those that are older than a job.
    func list(after last: String?, limit: Int) async throws -> (jobs: [RemoteJob], hasMore: Bool)
    func job(_ id: String) async throws -> RemoteJob
    @discardableResult func cancel(_ id: String) async throws -> RemoteJob
    @discardableResult func pause(_ id: String) async throws -> RemoteJob
    @discardableResult func resume(_ id: String) async throws -> RemoteJob
    /// What happens in a job, each event once and in order, over interruptions of the network, from the first event that
    /// is not among `known` on. Ends when the job has ended and all was told. Does not throw for a network that is away:
    /// it says `.away`, tries again, and says `.back`. Throws what no waiting helps: a refused key, a job that is gone.
    func follow(_ id: String, known: RemoteEventMarks) -> AsyncThrowingStream<RemoteNews, any Error>
    func checkpoints(of id: String) async throws -> [RemoteCheckpoint]
    /// The steps of its results files, in whatever form the service has them; empty when there are none yet.
    func results(of id: String) async throws -> [StepMetrics]
}

/// What is wished of a service that trains.
public struct RemoteJobRequest: Hashable, Codable, Sendable {
    /// As the service calls it.
    public var model: String
    /// Ids of the service.
    public var trainingFile: String
    public var validationFile: String?
    public var suffix: String?
    public var hyperparameters: HyperparameterRequest
    public var metadata: [String: String]

    public init(
        model: String, trainingFile: String, validationFile: String? = nil, suffix: String? = nil,
        hyperparameters: HyperparameterRequest = HyperparameterRequest(), metadata: [String: String] = [:]
    ) {
        self.model = model
        self.trainingFile = trainingFile
        self.validationFile = validationFile
        self.suffix = suffix
        self.hyperparameters = hyperparameters
        self.metadata = metadata
    }
}

/// A job as a service tells it.
public struct RemoteJob: Hashable, Sendable {
    /// The service's own.
    public var id: String
    public var status: JobStatus
    public var model: String
    public var fineTunedModel: String?
    public var suffix: String?
    public var trainingFile: String
    public var validationFile: String?
    public var resultFiles: [String] = []
    public var createdAt: Date
    public var finishedAt: Date?
    public var estimatedFinish: Date?
    public var trainedTokens: Int?
    /// What it runs with, as far as it is told.
    public var hyperparameters = HyperparameterRequest()
    public var failure: JobFailure?
    public var metadata: [String: String] = [:]
    /// Fields that TuneDeck has no place for, each with its value as text, in the order they came.
    public var extras: [RemoteField] = []

    public init(id: String, status: JobStatus, model: String, trainingFile: String, createdAt: Date) {
        self.id = id
        self.status = status
        self.model = model
        self.trainingFile = trainingFile
        self.createdAt = createdAt
    }
}

/// Something that a service tells and TuneDeck only shows.
public struct RemoteField: Hashable, Codable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Something that happened in a remote job.
public struct RemoteEvent: Hashable, Sendable {
    /// The service's own; where it gives none (legacy), what the event says and how often it was said before.
    public var id: String
    public var createdAt: Date
    public var level: JobEvent.Level
    public var message: String
    /// What a step showed; nil when it is no step.
    public var metrics: StepMetrics?

    public init(
        id: String, createdAt: Date, level: JobEvent.Level = .info, message: String, metrics: StepMetrics? = nil
    ) {
        self.id = id
        self.createdAt = createdAt
        self.level = level
        self.message = message
        self.metrics = metrics
    }
}

/// The events of a job that are known already.
public struct RemoteEventMarks: Hashable, Sendable {
    /// Ids of known events.
    public var ids: Set<String>

    public init(ids: Set<String> = []) { self.ids = ids }
}

/// What following a remote job brings.
public enum RemoteNews: Hashable, Sendable {
    /// Oldest first; none of them was known.
    case events([RemoteEvent])
    /// The job as it now is.
    case job(RemoteJob)
    /// The service does not answer; it is asked again after so many seconds.
    case away(Explanation, retryIn: Double)
    /// It answers again.
    case back
}

/// A state of a run that the service saved.
public struct RemoteCheckpoint: Hashable, Sendable {
    public var id: String
    public var createdAt: Date
    public var step: Int
    /// Under this name it can be asked.
    public var model: String?
    public var metrics: StepMetrics?

    public init(id: String, createdAt: Date, step: Int, model: String?, metrics: StepMetrics?) {
        self.id = id
        self.createdAt = createdAt
        self.step = step
        self.model = model
        self.metrics = metrics
    }
}
