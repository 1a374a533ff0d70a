public import TuneModel

/// The services that are configured, what they keep, and how work is given to them.
///
/// Where a service is optional, nil is this machine. No key passes through here: only where it comes from.
public struct ServiceClient: Sendable {
    /// Every service of the configuration, in its order, and the one that is current.
    public var list: @Sendable () async throws -> ServiceRoll
    /// Makes a service the current one, at the next start too.
    public var choose: @Sendable (ServiceName?) async throws -> Void
    /// Asks a service for its models, and tells how that went. Throws what keeps it from being used.
    public var check: @Sendable (ServiceName) async throws -> ServiceStanding
    /// Writes a new service into the configuration. Throws when the name is taken or the address cannot be used.
    public var add: @Sendable (NewService) async throws -> ServiceCard
    /// The models that a service offers for training; empty where it does not say.
    public var trainable: @Sendable (ServiceName) async throws -> [ModelCard]

    /// Newest first.
    public var files: @Sendable (ServiceName?) async throws -> [StoredFile]
    /// Sends a file; ends when it is there. Ending the iteration stops the transfer, which a later one goes on with.
    public var upload: @Sendable (ServiceName?, _ path: String) -> AsyncThrowingStream<UploadNews, any Error>
    public var deleteFile: @Sendable (ServiceName?, FileID) async throws -> Void
    /// Writes what a file holds to a path where nothing is yet.
    public var saveFile: @Sendable (ServiceName?, FileID, _ path: String) async throws -> Void
    /// Files of a service that a file here has been sent as.
    public var knownUploads: @Sendable (ServiceName, _ path: String) async throws -> [KnownUpload]

    /// What would leave with a job for a service; sends nothing.
    public var departure: @Sendable (JobRequest) async throws -> Departure
    /// Sends what has to be sent and creates the jobs, as a group when there are several.
    ///
    /// Throws when the choices do not answer what the departure asks. Ending the iteration before `.created` creates none.
    public var create: @Sendable ([JobRequest], DepartureChoices) -> AsyncThrowingStream<CreationNews, any Error>

    public init(
        list: @escaping @Sendable () async throws -> ServiceRoll,
        choose: @escaping @Sendable (ServiceName?) async throws -> Void,
        check: @escaping @Sendable (ServiceName) async throws -> ServiceStanding,
        add: @escaping @Sendable (NewService) async throws -> ServiceCard,
        trainable: @escaping @Sendable (ServiceName) async throws -> [ModelCard],
        files: @escaping @Sendable (ServiceName?) async throws -> [StoredFile],
        upload: @escaping @Sendable (ServiceName?, String) -> AsyncThrowingStream<UploadNews, any Error>,
        deleteFile: @escaping @Sendable (ServiceName?, FileID) async throws -> Void,
        saveFile: @escaping @Sendable (ServiceName?, FileID, String) async throws -> Void,
        knownUploads: @escaping @Sendable (ServiceName, String) async throws -> [KnownUpload],
        departure: @escaping @Sendable (JobRequest) async throws -> Departure,
        create: @escaping @Sendable ([JobRequest], DepartureChoices) -> AsyncThrowingStream<CreationNews, any Error>
    ) {
        self.list = list
        self.choose = choose
        self.check = check
        self.add = add
        self.trainable = trainable
        self.files = files
        self.upload = upload
        self.deleteFile = deleteFile
        self.saveFile = saveFile
        self.knownUploads = knownUploads
        self.departure = departure
        self.create = create
    }

    /// A world with nothing but this machine, on which no file is kept.
    public static let none = ServiceClient(
        list: { ServiceRoll() }, choose: { _ in }, check: { _ in throw CancellationError() },
        add: { _ in throw CancellationError() }, trainable: { _ in [] }, files: { _ in [] },
        upload: { _, _ in AsyncThrowingStream { $0.finish() } }, deleteFile: { _, _ in }, saveFile: { _, _, _ in },
        knownUploads: { _, _ in [] }, departure: { _ in throw CancellationError() },
        create: { _, _ in AsyncThrowingStream { $0.finish() } })
}

/// The configured services.
public struct ServiceRoll: Hashable, Sendable {
    public var cards: [ServiceCard]
    /// Nil is this machine.
    public var current: ServiceName?

    public init(cards: [ServiceCard] = [], current: ServiceName? = nil) {
        self.cards = cards
        self.current = current
    }
}

/// What a service showed when it was asked.
public struct ServiceStanding: Hashable, Sendable {
    /// Which form of the protocol it speaks: `modern`, `legacy`.
    public var dialect: String
    /// From a question to its answer.
    public var seconds: Double
    /// Models that it offers.
    public var models: Int
    /// Whether its jobs can be paused and go on again.
    public var canPause: Bool

    public init(dialect: String, seconds: Double, models: Int, canPause: Bool) {
        self.dialect = dialect
        self.seconds = seconds
        self.models = models
        self.canPause = canPause
    }
}

/// A service that is to be configured.
public struct NewService: Hashable, Sendable {
    /// Where its key comes from. The key itself is never typed here.
    public enum KeySource: Hashable, Sendable {
        case none
        /// Name of an environment variable.
        case environment(String)
        /// Path of a file that holds nothing else.
        case file(String)
        /// A command that prints it.
        case command(String)
    }

    public var name: ServiceName
    /// Ends in the version: `https://api.openai.com/v1`.
    public var address: String
    public var key: KeySource

    public init(name: ServiceName, address: String, key: KeySource) {
        self.name = name
        self.address = address
        self.key = key
    }
}

/// What is heard of an upload.
public enum UploadNews: Hashable, Sendable {
    case progressed(TransferProgress)
    case done(StoredFile)
}

/// What is heard while jobs are created at a service.
public enum CreationNews: Hashable, Sendable {
    /// A file is on its way.
    case sending(path: String, TransferProgress)
    /// Everything is there, and the jobs are queued.
    case created([Job])
}
