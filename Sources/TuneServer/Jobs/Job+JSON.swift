import Foundation
import TuneModel

extension Job {
    /// The job as the modern protocol has it, with what only this program knows behind it.
    func json(results: StoredFile?, _ options: ServerOptions) -> JSON {
        .object([
            ("id", .text(id.text)), ("object", "fine_tuning.job"), ("created_at", JSON(createdAt)),
            ("finished_at", JSON(finishedAt)), ("model", .text(model)), ("fine_tuned_model", JSON(fineTunedModel)),
            ("organization_id", "personal"), ("status", .text(status.text)),
            ("hyperparameters", settings), ("method", method),
            ("training_file", .text(Self.name(ofFile: trainingFile))),
            ("validation_file", JSON(validationFile.map(Self.name(ofFile:)))),
            ("result_files", .list(results.map { [.text($0.id.text)] } ?? [])),
            ("trained_tokens", JSON(trainedTokens)), ("seed", JSON(Int(clamping: seed))),
            ("error", failureJSON(options)), ("user_provided_suffix", JSON(suffix)), ("integrations", .list([])),
            ("metadata", .object(metadata.sorted { $0.key < $1.key }.map { ($0.key, JSON.text($0.value)) })),
            ("estimated_finish", JSON(estimatedFinish)), ("started_at", JSON(startedAt)),
            ("total_steps", JSON(totalSteps)), ("queue_position", JSON(turn)),
        ])
    }

    /// A job that was made on this machine may read a file of its disk, whose place is nobody else's business.
    static func name(ofFile file: String) -> String {
        file.split(separator: "/").last.map(String.init) ?? file
    }

    private var seed: UInt64 { hyperparameters?.seed ?? request.seed ?? HyperparameterRequest.defaultSeed }

    private var settings: JSON {
        .object([
            ("n_epochs", open(hyperparameters?.epochs ?? request.epochs)),
            ("batch_size", open(hyperparameters?.batchSize ?? request.batchSize)),
            (
                "learning_rate_multiplier",
                request.learningRateMultiplier.map(JSON.number) ?? (hyperparameters == nil ? "auto" : .number(1))
            ),
        ])
    }

    private func open(_ value: Int?) -> JSON { value.map(JSON.integer) ?? "auto" }

    private var method: JSON {
        switch hyperparameters?.method ?? request.method {
        case .dpo(let beta):
            guard case .object(var object) = settings else { return .null }
            object.append("beta", .number(beta))
            return .object([
                ("type", "dpo"), ("dpo", .object([("hyperparameters", .object(object))])),
            ])
        case .supervised, nil:
            return .object([("type", "supervised"), ("supervised", .object([("hyperparameters", settings)]))])
        }
    }

    private func failureJSON(_ options: ServerOptions) -> JSON {
        guard let failure else { return .null }
        let told = PathVeil.veil(failure.explanation.text(in: options.language), options.hiddenFolders)
        return .object([("code", .text(failure.code)), ("message", .text(told)), ("param", .null)])
    }

    private var estimatedFinish: Date? {
        guard status == .running, let seconds = latest?.secondsLeft, seconds.isFinite else { return nil }
        return Date.now.addingTimeInterval(seconds)
    }
}

extension JobEvent {
    func json(of job: JobID, in language: Language) -> JSON {
        let (type, data): (String, JSON) =
            switch kind {
            case .metrics(let metrics): ("metrics", metrics.json)
            case .sample(let sample):
                (
                    "message",
                    .object([
                        ("step", .integer(sample.step)), ("prompt", .text(sample.prompt)),
                        ("answer", .text(sample.answer)),
                    ])
                )
            case .status(let status): ("message", .object([("status", .text(status.text))]))
            case .message: ("message", .null)
            }
        return .object([
            ("id", .text(EventName(id, of: job).text)), ("object", "fine_tuning.job.event"),
            ("created_at", JSON(createdAt)), ("level", .text(level.rawValue)), ("message", .text(message[language])),
            ("type", .text(type)), ("data", data),
        ])
    }

    /// As the legacy protocol has it.
    func legacyJSON(in language: Language) -> JSON {
        .object([
            ("object", "fine-tune-event"), ("created_at", JSON(createdAt)), ("level", .text(level.rawValue)),
            ("message", .text(message[language])),
        ])
    }
}

extension StepMetrics {
    var json: JSON {
        .object([
            ("step", .integer(step)), ("total_steps", .integer(totalSteps)), ("train_loss", .number(trainingLoss)),
            ("train_mean_token_accuracy", JSON(trainingTokenAccuracy)), ("valid_loss", JSON(validationLoss)),
            ("valid_mean_token_accuracy", JSON(validationTokenAccuracy)),
            // A validation of the local worker reads all of the held-out records.
            ("full_valid_loss", JSON(fullValidationLoss ?? validationLoss)),
            ("full_valid_mean_token_accuracy", JSON(fullValidationTokenAccuracy ?? validationTokenAccuracy)),
        ])
    }
}

extension JobCheckpoint {
    func json(of job: Job) -> JSON {
        let tail = job.id.text.dropFirst("ftjob-".count)
        return .object([
            ("id", .text("ftckpt_\(tail)_\(step)")), ("object", "fine_tuning.job.checkpoint"),
            ("created_at", JSON(createdAt)),
            ("fine_tuned_model_checkpoint", .text("\(job.fineTunedModel ?? "ft:\(job.model)"):ckpt-step-\(step)")),
            ("fine_tuning_job_id", .text(job.id.text)), ("step_number", .integer(step)),
            ("metrics", metrics?.json ?? .object([("step", .integer(step))])),
        ])
    }
}
