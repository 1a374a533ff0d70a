/// All that an export is made from.
public struct ExportPlan: Sendable {
    /// The base model's file or folder; of a fully fine-tuned model, its own.
    public var modelPath: String
    /// What a job learned; nil exports the model as it is.
    public var adapterFolder: String?
    public var format: ExportFormat
    /// Nil takes the format's usual one.
    public var type: TensorType?
    /// The folder to write; made with all folders above it.
    public var folder: String
    /// Whether files in it may be replaced. Others in it are left alone either way.
    public var overwrites: Bool
    /// Texts on which the export is compared with what it was made from; none takes a few that are always the same.
    public var prompts: [String]
    /// For the card.
    public var story: ModelStory
    /// Nil takes every core.
    public var threads: Int?

    public init(
        modelPath: String, adapterFolder: String?, format: ExportFormat, type: TensorType? = nil, folder: String,
        overwrites: Bool = false, prompts: [String] = [], story: ModelStory, threads: Int? = nil
    ) {
        self.modelPath = modelPath
        self.adapterFolder = adapterFolder
        self.format = format
        self.type = type
        self.folder = folder
        self.overwrites = overwrites
        self.prompts = prompts
        self.story = story
        self.threads = threads
    }
}

/// What an export tells while it goes.
public enum ExportProgress: Hashable, Sendable {
    /// Bytes of the largest file.
    case writing(done: Int, of: Int)
    /// Prompts on which both models have been asked.
    case comparing(done: Int, of: Int)
}

/// What an export has made.
public struct ExportReport: Hashable, Sendable {
    public struct File: Hashable, Sendable {
        public let name: String
        public let bytes: Int
    }

    public let folder: String
    public let format: ExportFormat
    public let type: TensorType
    /// By name.
    public let files: [File]
    public let parity: ExportParity
    /// One for each prompt.
    public let probes: [ExportProbe]
    public let seconds: Double
}
