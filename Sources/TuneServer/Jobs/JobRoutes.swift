import Hummingbird
import TuneModel

/// `/v1/fine_tuning/jobs`.
struct JobRoutes: Sendable {
    let house: House

    private static let mostItems = 100
    private static let usualItems = 20

    @Sendable
    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        let fields = try await request.fields(limit: house.options.limits.bodyBytes)
        let model = try fields.needText("model")
        if let integrations = try fields.list("integrations"), !integrations.isEmpty {
            throw fields.unsupported("integrations", Wording("runs are told to nobody else", "训练不会向其他服务报告"))
        }
        let settings = try fields.method()
        let metadata = try fields.metadata()
        let suffix = try fields.suffix(longest: 64)
        guard let training = try await house.trainingFile("training_file", of: fields) else {
            throw fields.missing("training_file")
        }
        let request = JobRequest(
            model: model, trainingFile: training,
            validationFile: try await house.trainingFile("validation_file", of: fields), suffix: suffix,
            hyperparameters: settings, metadata: metadata)
        return .json(await json(try await house.jobs.create(request)))
    }

    @Sendable
    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = request.query
        let limit = try query.queryInteger("limit", 1...Self.mostItems, or: Self.usualItems)
        let after = try query.text("after").map { text in
            guard let id = JobID(text) else { throw query.refused("after", Wording("the id of a job", "是任务的编号")) }
            return id
        }
        let wanted = Self.metadata(query)
        let jobs =
            wanted.isEmpty
            ? try await house.jobs.list(after: after, limit: limit + 1)
            : try await house.jobs.list(after: after, limit: .max).filter { job in
                wanted.allSatisfy { job.metadata[$0.key] == $0.value }
            }
        var page: [JSON] = []
        for job in jobs.prefix(limit) { page.append(await json(job)) }
        return .json(.page(page, hasMore: jobs.count > limit))
    }

    @Sendable
    func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(await json(try await house.jobs.job(context.job())))
    }

    @Sendable
    func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(await json(try await house.jobs.cancel(context.job())))
    }

    @Sendable
    func pause(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(await json(try await house.jobs.pause(context.job())))
    }

    @Sendable
    func resume(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(await json(try await house.jobs.resume(context.job())))
    }

    @Sendable
    func events(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = try context.job()
        let query = request.query
        let limit = try query.queryInteger("limit", 1...Self.mostItems, or: Self.usualItems)
        let after = try query.text("after").map { text in
            guard let number = EventName(text, of: id) else {
                throw query.refused("after", Wording("the id of an event of this job", "是此任务的事件编号"))
            }
            return number.number
        }
        let events = try await house.jobs.events(of: id, before: after, limit: limit + 1)
        let page = events.prefix(limit).map { $0.json(of: id, in: house.options.language) }
        return .json(.page(page, hasMore: events.count > limit))
    }

    @Sendable
    func checkpoints(_ request: Request, _ context: ServerContext) async throws -> Response {
        let job = try await house.jobs.job(context.job())
        let query = request.query
        let limit = try query.queryInteger("limit", 1...Self.mostItems, or: 10)
        var all = try await house.jobs.checkpoints(of: job.id).map { $0.json(of: job) }
        if let after = try query.text("after") {
            guard let place = all.firstIndex(where: { $0["id"].text == after }) else {
                throw query.refused("after", Wording("the id of a checkpoint of this job", "是此任务的检查点编号"))
            }
            all = Array(all.dropFirst(place + 1))
        }
        let page = Array(all.prefix(limit))
        return .json(.page(page, hasMore: all.count > limit, with: .ends(of: page)))
    }

    // MARK: - Private

    private func json(_ job: Job) async -> JSON {
        job.json(results: await house.fileDesk.resultsFile(of: job), house.options)
    }

    /// `metadata[name]=text` of a query.
    private static func metadata(_ query: Fields) -> [String: String] {
        guard case .object(let object) = query.values else { return [:] }
        var wanted: [String: String] = [:]
        for pair in object.pairs where pair.key.hasPrefix("metadata[") && pair.key.hasSuffix("]") {
            wanted[String(pair.key.dropFirst("metadata[".count).dropLast())] = pair.value.text
        }
        return wanted
    }
}

/// The name of an event: `ftevent-`, its job's letters, its number.
struct EventName {
    let text: String
    let number: Int

    init(_ number: Int, of job: JobID) {
        self.number = number
        text = "ftevent-\(job.text.dropFirst("ftjob-".count))-\(number)"
    }

    init?(_ text: String, of job: JobID) {
        guard let number = Int(text.split(separator: "-").last ?? ""), EventName(number, of: job).text == text else {
            return nil
        }
        self.init(number, of: job)
    }
}
