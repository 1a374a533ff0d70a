import Hummingbird
import TuneModel

/// `/v1/fine-tunes`: the same jobs as the legacy protocol has them.
struct FineTuneRoutes: Sendable {
    let house: House

    /// What the legacy server trained when no model was named.
    private static let usualModel = "curie"
    /// Its weight of the prompt's tokens.
    private static let usualPromptWeight = 0.01

    @Sendable
    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        let fields = try await request.fields(limit: house.options.limits.bodyBytes)
        for name in [
            "compute_classification_metrics", "classification_n_classes", "classification_positive_class",
            "classification_betas",
        ] where fields.has(name) && fields.values[name] != .bool(false) {
            throw fields.unsupported(
                name,
                Wording(
                    "classes are measured after the training, with `tunedeck eval`", "分类指标在训练后用 `tunedeck eval` 计算"))
        }
        var settings = HyperparameterRequest()
        try fields.hyperparameters(into: &settings)
        if settings.promptLossWeight == nil { settings.promptLossWeight = Self.usualPromptWeight }
        let suffix = try fields.suffix(longest: 40)
        let model = try fields.text("model") ?? Self.usualModel
        guard let training = try await house.trainingFile("training_file", of: fields) else {
            throw fields.missing("training_file")
        }
        let request = JobRequest(
            model: model, trainingFile: training,
            validationFile: try await house.trainingFile("validation_file", of: fields), suffix: suffix,
            hyperparameters: settings)
        return .json(try await json(try await house.jobs.create(request)))
    }

    @Sendable
    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        var jobs: [JSON] = []
        for job in try await house.jobs.list(limit: 1_000) { jobs.append(try await json(job, withEvents: false)) }
        return .json(.page(jobs))
    }

    @Sendable
    func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(try await json(try await house.jobs.job(context.job())))
    }

    @Sendable
    func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(try await json(try await house.jobs.cancel(context.job())))
    }

    @Sendable
    func delete(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = try context.job()
        try await house.jobs.delete(id)
        return .json(.deleted(id.legacyText, "fine-tune"))
    }

    /// All events so far, or with `stream=true` each as it comes, until the job has ended.
    @Sendable
    func events(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = try context.job()
        let language = house.options.language
        let isStreaming = try request.query.queryChoice("stream", ["true", "false", "True", "False"])
        guard isStreaming?.lowercased() == "true" else {
            return .json(.page(try await house.jobs.events(of: id, after: nil).map { $0.legacyJSON(in: language) }))
        }
        _ = try await house.jobs.job(id)
        let news = house.untilGone(context, house.jobs.follow(id, after: nil))
        return EventStream.response(of: house.connection(context), tellingErrors: house.json(of:)) { send in
            for try await events in news {
                for event in events { try await send(event.legacyJSON(in: language)) }
            }
        }
    }

    // MARK: - Private

    private func json(_ job: Job, withEvents: Bool = true) async throws -> JSON {
        let language = house.options.language
        var events: [JSON] = []
        if withEvents {
            // The steps are in the results; thousands of them in every look at the job serve nobody.
            events = try await house.jobs.events(of: job.id, after: nil).filter { event in
                if case .metrics = event.kind { false } else { true }
            }.map { $0.legacyJSON(in: language) }
        }
        return .object(
            [
                ("id", .text(job.id.legacyText)), ("object", "fine-tune"), ("created_at", JSON(job.createdAt)),
                ("updated_at", JSON(job.finishedAt ?? job.startedAt ?? job.createdAt)), ("model", .text(job.model)),
                ("fine_tuned_model", JSON(job.fineTunedModel)), ("organization_id", "personal"),
                ("status", .text(job.status.legacyText)), ("hyperparams", job.legacySettings),
                ("training_files", .list([await fileJSON(job.trainingFile, job)])),
                ("validation_files", .list(await file(job.validationFile, job))),
                (
                    "result_files",
                    .list(await house.fileDesk.resultsFile(of: job).map { [$0.json(in: language)] } ?? [])
                ),
            ] + (withEvents ? [("events", .list(events))] : []))
    }

    private func file(_ name: String?, _ job: Job) async -> [JSON] {
        guard let name else { return [] }
        return [await fileJSON(name, job)]
    }

    /// The uploaded file, or what is known of one that lies on this machine or is gone.
    private func fileJSON(_ name: String, _ job: Job) async -> JSON {
        if let id = FileID(name), let file = try? await house.files.file(id) {
            return file.json(in: house.options.language)
        }
        return .object([
            ("id", .text(Job.name(ofFile: name))), ("object", "file"), ("bytes", .null),
            ("created_at", JSON(job.createdAt)), ("filename", .text(Job.name(ofFile: name))), ("purpose", "fine-tune"),
            ("status", "deleted"),
        ])
    }
}

extension JobStatus {
    fileprivate var legacyText: String {
        switch self {
        case .queued, .validatingFiles: "pending"
        case .running, .paused, .succeeded, .failed, .cancelled, .other: text
        }
    }
}

extension Job {
    fileprivate var legacySettings: JSON {
        .object([
            ("n_epochs", JSON(hyperparameters?.epochs ?? request.epochs)),
            ("batch_size", JSON(hyperparameters?.batchSize ?? request.batchSize)),
            ("learning_rate_multiplier", JSON(request.learningRateMultiplier)),
            ("prompt_loss_weight", JSON(hyperparameters?.promptLossWeight ?? request.promptLossWeight)),
        ])
    }
}
