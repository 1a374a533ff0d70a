import Foundation
import TuneModel

extension RemoteJob {
    /// Members that have a place of their own, or that tell nothing.
    private static let placed: Set<String> = [
        "id", "object", "status", "model", "fine_tuned_model", "suffix", "user_provided_suffix", "training_file",
        "training_files", "validation_file", "validation_files", "result_files", "created_at", "finished_at",
        "estimated_finish", "trained_tokens", "hyperparameters", "hyperparams", "method", "error", "metadata", "seed",
        "events",
    ]

    /// A job in either form of the protocol. Only its id has to be there.
    init?(_ json: JSON) {
        guard let id = json["id"].text, !id.isEmpty else { return nil }
        self.init(
            id: id, status: JobStatus(json["status"].text ?? ""), model: json["model"].text ?? "",
            trainingFile: json["training_file"].text ?? json["training_files"][0]["id"].text ?? "",
            createdAt: json["created_at"].date ?? Date(timeIntervalSince1970: 0))
        fineTunedModel = json["fine_tuned_model"].filledText
        suffix = json["suffix"].filledText ?? json["user_provided_suffix"].filledText
        validationFile = json["validation_file"].filledText ?? json["validation_files"][0]["id"].text
        resultFiles = json["result_files"].list?.compactMap { $0.text ?? $0["id"].text } ?? []
        finishedAt = json["finished_at"].date ?? (status.isFinal ? json["updated_at"].date : nil)
        estimatedFinish = json["estimated_finish"].date
        trainedTokens = json["trained_tokens"].integer
        hyperparameters = HyperparameterRequest(remote: json)
        failure = JobFailure(json["error"])
        for member in json["metadata"].members { metadata[member.name] = member.value.text ?? member.value.line }
        extras = json.members.compactMap { member in
            if Self.placed.contains(member.name) { return nil }
            // The older form's only time of an end.
            if member.name == "updated_at", status.isFinal { return nil }
            return RemoteField(member)
        }
    }
}

extension RemoteField {
    /// Nil for what says nothing.
    init?(_ member: JSON.Member) {
        switch member.value {
        case .null, .list([]), .object([]), .text(""): return nil
        default: self.init(name: member.name, value: member.value.text ?? member.value.line)
        }
    }
}

extension JobFailure {
    /// Services send an empty object where there is no error.
    init?(_ json: JSON) {
        guard let message = json["message"].filledText ?? json["code"].filledText ?? json.filledText else { return nil }
        self.init(
            code: json["code"].filledText ?? "remote_failure",
            explanation: Explanation(
                Wording("The service says: \(message)", "服务称：\(message)"),
                next: json["param"].filledText.map { Wording("Change `\($0)`.", "请修改 `\($0)`。") }
                    ?? Wording("Change what it names, and start again.", "请按其说明修改后重新开始。")))
    }
}

extension HyperparameterRequest {
    /// What a job runs with; `auto` is left open.
    init(remote json: JSON) {
        self.init()
        let method = json["method"]
        let kind = method["type"].text
        let settings = [
            json["hyperparams"], json["hyperparameters"], kind.map { method[$0]["hyperparameters"] } ?? .null,
        ]
        for json in settings {
            epochs = json["n_epochs"].integer ?? epochs
            batchSize = json["batch_size"].integer ?? batchSize
            learningRateMultiplier = json["learning_rate_multiplier"].number ?? learningRateMultiplier
            promptLossWeight = json["prompt_loss_weight"].number ?? promptLossWeight
            learningRate = json["learning_rate"].number ?? learningRate
            loraRank = json["lora_rank"].integer ?? loraRank
            loraAlpha = json["lora_alpha"].number ?? loraAlpha
            maxSteps = json["max_steps"].integer ?? maxSteps
            evalInterval = json["eval_interval"].integer ?? evalInterval
        }
        switch kind {
        case "dpo": self.method = .dpo(beta: settings[2]["beta"].number ?? TrainingMethod.defaultBeta)
        case "supervised": self.method = .supervised
        default: break
        }
        seed = json["seed"].integer.flatMap { UInt64(exactly: $0) }
    }
}

extension RemoteCheckpoint {
    init?(_ json: JSON) {
        guard let id = json["id"].text else { return nil }
        let step = json["step_number"].integer ?? json["metrics"]["step"].integer ?? 0
        self.init(
            id: id, createdAt: json["created_at"].date ?? Date(timeIntervalSince1970: 0), step: step,
            model: json["fine_tuned_model_checkpoint"].filledText,
            metrics: StepMetrics(remote: json["metrics"], step: step))
    }
}

extension JSON {
    /// A text that says something.
    var filledText: String? {
        if case .text(let text) = self, !text.isEmpty { text } else { nil }
    }

    /// Seconds since 1970, or a date as text.
    var date: Date? {
        if let seconds = number { return seconds > 0 && seconds < 1e11 ? Date(timeIntervalSince1970: seconds) : nil }
        guard let text = filledText else { return nil }
        if let date = try? Date(text, strategy: .iso8601) { return date }
        return try? Date(text, strategy: .iso8601.year().month().day())
    }
}
