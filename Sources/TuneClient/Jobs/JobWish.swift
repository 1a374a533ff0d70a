import Foundation
import TuneModel

/// A job that is to be made: what is sent, and how it is known again among the jobs of the service.
struct JobWish: Sendable {
    let request: RemoteJobRequest
    let key: String
    let dialect: ServiceProfile.Dialect

    /// The name in a job's metadata that tells whose wish it came of.
    static let mark = "tunedeck_key"
    private static let mostMetadata = 16

    func call() throws -> Call {
        var call =
            dialect == .legacy
            ? Call.post("fine-tunes", json: try legacyBody) : Call.post("fine_tuning", "jobs", json: try modernBody)
        call.repeats = .never
        call.idempotencyKey = key
        return call
    }

    /// Whether a job is what came of this wish: it has the mark; or it has come since, asks for the same, and its service
    /// keeps no marks.
    func describes(_ job: RemoteJob, before: Set<String>?) -> Bool {
        if let mark = job.metadata[Self.mark] { return mark == key }
        guard let before, !before.contains(job.id) else { return false }
        return job.trainingFile == request.trainingFile && job.validationFile == request.validationFile
            && (job.model == request.model || job.model.hasPrefix(request.model + "-"))
            && (job.suffix == nil || job.suffix == request.suffix)
    }

    private var modernBody: JSON {
        get throws {
            let settings = request.hyperparameters
            try refuse(settings)
            var method = JSON.null
            switch settings.method {
            case .dpo(let beta): method = self.method("dpo", shared(settings) + [("beta", JSON(beta))])
            case .supervised: method = self.method("supervised", shared(settings))
            case nil:
                if !shared(settings).allSatisfy({ $0.1 == .null }) {
                    method = self.method("supervised", shared(settings))
                }
            }
            var metadata = request.metadata
            if metadata.count < Self.mostMetadata { metadata[Self.mark] = key }
            let marks = metadata.sorted { $0.key < $1.key }.map { ($0.key, JSON.text($0.value)) }
            return .object([
                ("model", .text(request.model)), ("training_file", .text(request.trainingFile)),
                ("validation_file", JSON(request.validationFile)), ("suffix", JSON(request.suffix)),
                ("method", method), ("seed", settings.seed.map { .number("\($0)") } ?? .null),
                ("metadata", .object(marks)),
            ])
        }
    }

    private var legacyBody: JSON {
        get throws {
            let settings = request.hyperparameters
            try refuse(settings)
            if case .dpo = settings.method { throw ServiceFault.unsupported(part: "method") }
            if settings.seed != nil { throw ServiceFault.unsupported(part: "seed") }
            return .object(
                [
                    ("training_file", .text(request.trainingFile)), ("validation_file", JSON(request.validationFile)),
                    ("model", .text(request.model)), ("suffix", JSON(request.suffix)),
                ] + shared(settings))
        }
    }

    private func shared(_ settings: HyperparameterRequest) -> [(String, JSON)] {
        [
            ("n_epochs", JSON(settings.epochs)), ("batch_size", JSON(settings.batchSize)),
            ("learning_rate_multiplier", JSON(settings.learningRateMultiplier)),
            // A setting of the older form that some services of the newer one know too.
            ("prompt_loss_weight", JSON(settings.promptLossWeight)),
            // What TuneDeck's own server adds; a service that does not know them says so.
            ("learning_rate", JSON(settings.learningRate)), ("max_steps", JSON(settings.maxSteps)),
            ("lora_rank", JSON(settings.loraRank)), ("lora_alpha", JSON(settings.loraAlpha)),
            ("eval_interval", JSON(settings.evalInterval)),
        ]
    }

    private func method(_ kind: String, _ settings: [(String, JSON)]) -> JSON {
        .object([("type", .text(kind)), (kind, .object([("hyperparameters", .object(settings))]))])
    }

    /// A setting that would be left out without a word is none.
    private func refuse(_ settings: HyperparameterRequest) throws {
        let others: [(String, Bool)] = [
            ("tuning", settings.tuning == .full), ("accumulation", settings.accumulation != nil),
            ("schedule", settings.schedule != nil), ("warmup_share", settings.warmupShare != nil),
            ("weight_decay", settings.weightDecay != nil), ("gradient_clip", settings.gradientClip != nil),
            ("noise", settings.noise != nil), ("lora_dropout", settings.loraDropout != nil),
            ("lora_targets", settings.loraTargets != nil), ("rank_stabilized", settings.isRankStabilized == true),
            ("patience", settings.patience != nil), ("sample_prompts", settings.samplePrompts?.isEmpty == false),
            ("validation_share", settings.validationShare != nil),
        ]
        if let (name, _) = others.first(where: \.1) { throw ServiceFault.unsupported(part: name) }
    }
}
