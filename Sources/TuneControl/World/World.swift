public import Foundation
public import TuneModel

/// Everything outside that the dashboard can touch. Tests hand in a world of their own.
public struct World: Sendable {
    public var datasets: DatasetClient
    public var preparation: PreparationClient
    public var jobs: any JobService
    public var models: any ModelService
    public var bases: BaseModelClient
    public var memory: MemoryClient
    /// What was answered, and what was found of it.
    public var answers = AnswerClient.none
    /// The person's own editor.
    public var outside = OutsideClient.none
    public var evaluations = EvaluationClient.none
    /// Services elsewhere, and the files that they and this machine keep.
    public var services = ServiceClient.none
    /// Writes charts to files.
    public var charts = ChartClient.none
    public var themes = ThemeClient.none
    public var preferences = PreferenceClient.none
    /// What a job would cost, before it starts.
    public var estimate: @Sendable (JobRequest) async throws -> LaunchEstimate
    /// How a model wants to be asked; nil when nothing is known.
    public var hints: @Sendable (_ model: String) async throws -> AskHints?
    /// The losses of a dataset's rows, told by the newest job that learned from it; nil when there is none.
    public var losses: @Sendable (_ path: String) async throws -> LossColumn?
    /// The tokens of a record as the base model that would be trained cuts it; nil when there is no base model.
    public var tokens: @Sendable (Record) async throws -> [TokenPiece]?
    /// Writes the sample datasets into the workspace, unless they are there, and gives their paths, the first to show.
    public var writeSample: @Sendable () async throws -> [String]
    /// The paths that begin like this one, folders with a slash at their end.
    public var completions: @Sendable (_ path: String) async -> [String]
    public var now: @Sendable () -> Date
    /// Where times of day are told.
    public var zone: TimeZone
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        datasets: DatasetClient, preparation: PreparationClient, jobs: any JobService, models: any ModelService,
        bases: BaseModelClient, memory: MemoryClient,
        estimate: @escaping @Sendable (JobRequest) async throws -> LaunchEstimate,
        losses: @escaping @Sendable (String) async throws -> LossColumn? = { _ in nil },
        hints: @escaping @Sendable (String) async throws -> AskHints?,
        tokens: @escaping @Sendable (Record) async throws -> [TokenPiece]? = { _ in nil },
        writeSample: @escaping @Sendable () async throws -> [String],
        completions: @escaping @Sendable (String) async -> [String] = { FileNames.completions(of: $0) },
        now: @escaping @Sendable () -> Date = { Date() }, zone: TimeZone = .current,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.datasets = datasets
        self.preparation = preparation
        self.jobs = jobs
        self.models = models
        self.bases = bases
        self.memory = memory
        self.estimate = estimate
        self.losses = losses
        self.hints = hints
        self.tokens = tokens
        self.writeSample = writeSample
        self.completions = completions
        self.now = now
        self.zone = zone
        self.sleep = sleep
    }
}

/// A base model that can be trained from, present or to be fetched.
public struct BaseModel: Hashable, Sendable, Identifiable {
    public let name: String
    public let isPresent: Bool
    /// What is downloaded, in bytes; nil when unknown.
    public let downloadBytes: Int64?

    public var id: String { name }

    public init(name: String, isPresent: Bool, downloadBytes: Int64? = nil) {
        self.name = name
        self.isPresent = isPresent
        self.downloadBytes = downloadBytes
    }
}

/// How far a download has come.
public struct FetchProgress: Hashable, Sendable {
    public let done: Int64
    /// Nil while it is unknown.
    public let total: Int64?
    /// What is going on: downloading, unpacking, checking.
    public let stage: Wording

    public init(done: Int64, total: Int64?, stage: Wording) {
        self.done = done
        self.total = total
        self.stage = stage
    }

    /// 0 to 1.
    public var share: Double? {
        guard let total, total > 0 else { return nil }
        return min(1, Double(done) / Double(total))
    }
}

/// The base models and how they get here.
public struct BaseModelClient: Sendable {
    /// Every base that is present or can be fetched, the one to begin with first.
    public var list: @Sendable () async throws -> [BaseModel]
    /// Fetches, checks and stores a base; ends when it is ready to use.
    public var fetch: @Sendable (_ name: String) -> AsyncThrowingStream<FetchProgress, any Error>

    public init(
        list: @escaping @Sendable () async throws -> [BaseModel],
        fetch: @escaping @Sendable (String) -> AsyncThrowingStream<FetchProgress, any Error>
    ) {
        self.list = list
        self.fetch = fetch
    }
}

/// What a job would cost. What is not known is nil.
public struct LaunchEstimate: Hashable, Sendable {
    /// Examples that are learned from.
    public var examples: Int
    /// Examples that are measured on; nil without validation.
    public var validationExamples: Int?
    /// Whether the training file holds preferences.
    public var isPreference: Bool
    public var steps: Int
    /// Tokens with a loss over the whole run, repeats included.
    public var trainedTokens: Int?
    public var seconds: Double?
    /// Peak memory of the training process, in MB (10⁶ bytes).
    public var memoryMB: Double?
    /// What the job will leave on disk, in MB.
    public var diskMB: Double?

    public init(
        examples: Int, validationExamples: Int? = nil, isPreference: Bool = false, steps: Int,
        trainedTokens: Int? = nil, seconds: Double? = nil, memoryMB: Double? = nil, diskMB: Double? = nil
    ) {
        self.examples = examples
        self.validationExamples = validationExamples
        self.isPreference = isPreference
        self.diskMB = diskMB
        self.steps = steps
        self.trainedTokens = trainedTokens
        self.seconds = seconds
        self.memoryMB = memoryMB
    }
}

/// How a model was taught to be asked.
public struct AskHints: Hashable, Sendable {
    /// Put after the prompt.
    public var separator: String
    /// Where the answer ends; empty when it has no common ending.
    public var stop: String
    /// Asked with the chat template instead.
    public var isChat: Bool
    /// The dataset that this comes from, which corrected answers can go to.
    public var dataset: String

    public init(separator: String, stop: String, isChat: Bool = false, dataset: String) {
        self.separator = separator
        self.stop = stop
        self.isChat = isChat
        self.dataset = dataset
    }
}
