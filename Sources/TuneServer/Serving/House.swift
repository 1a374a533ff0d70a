import Hummingbird
import TuneModel

/// What every route works with.
struct House: Sendable {
    let jobs: any JobService
    let files: any FileService
    let models: any ModelService
    let options: ServerOptions
    let desk: AnswerDesk
    let room: ConnectionRoom
    let fileDesk: FileDesk
    let uploads = UploadBook()

    init(jobs: any JobService, files: any FileService, models: any ModelService, options: ServerOptions) {
        self.jobs = jobs
        self.files = files
        self.models = models
        self.options = options
        desk = AnswerDesk(
            models: models,
            turnstile: Turnstile(places: options.limits.answers, waiting: options.limits.waiting))
        fileDesk = FileDesk(files: files, jobs: jobs)
        room = ConnectionRoom(options.limits)
    }

    /// Nil where no real connection stands behind a request.
    func connection(_ context: ServerContext) -> Connection? { room[context.channel] }

    /// Does work that the client's leaving cancels.
    func whilePresent<T: Sendable>(
        _ context: ServerContext, _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        guard let connection = connection(context) else { return try await work() }
        return try await connection.whilePresent(work)
    }

    /// The same stream, ending when the client leaves.
    func untilGone<T: Sendable>(
        _ context: ServerContext, _ stream: AsyncThrowingStream<T, any Error>
    ) -> AsyncThrowingStream<T, any Error> {
        connection(context)?.untilGone(stream) ?? stream
    }

    /// What a client is told of an error after the head of the response has been sent.
    @Sendable
    func json(of error: any Error) -> JSON {
        APIError(error, hiding: options.hiddenFolders).json(in: options.language)
    }
}
