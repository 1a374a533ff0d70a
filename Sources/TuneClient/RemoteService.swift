public import TuneModel

/// A service that speaks the OpenAI protocol: its jobs, its files, its models.
///
/// Every call retries by itself where that is safe, ends within `ServiceProfile.Limits.total`, and throws a
/// `ServiceFault` once it gives up. Nothing of the key is in anything that it gives out.
public final class RemoteService: Sendable {
    private let line: Line
    private let remoteJobs: RemoteJobs
    private let remoteFiles: RemoteFiles
    private let remoteModels: RemoteModels

    /// Connects to nothing yet; what is wrong with the profile is told by the first call.
    ///
    /// - Parameter memory: remembers what was uploaded, so that an upload in parts goes on where it was left.
    public init(_ profile: ServiceProfile, memory: any UploadMemory) {
        line = Line(profile)
        remoteFiles = RemoteFiles(line: line, memory: memory)
        remoteJobs = RemoteJobs(line: line, files: remoteFiles)
        remoteModels = RemoteModels(line: line)
    }

    public var jobs: any RemoteJobService { remoteJobs }
    public var files: any FileService { remoteFiles }
    public var models: any ModelService { remoteModels }

    /// Which form of the protocol its jobs have, `.modern` or `.legacy`; found out by asking, once.
    public func spokenDialect() async throws -> ServiceProfile.Dialect { try await remoteJobs.dialect() }

    /// Writes a file of the service to a path, which is there whole or not at all.
    public func download(
        _ id: FileID, to path: String, progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws {
        try await remoteFiles.download(id, to: path, progress: progress)
    }

    /// Ends what is going on; later calls fail.
    public func shutdown() async {
        await line.shutdown()
    }
}
