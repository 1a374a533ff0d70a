import TuneModel

extension Fields {
    /// What the modern protocol and this program's own additions say about a run.
    func hyperparameters(into request: inout HyperparameterRequest) throws {
        if let epochs = try auto("n_epochs", { try integer($0, 1...50) }) { request.epochs = epochs }
        if let size = try auto("batch_size", { try integer($0, 1...256) }) { request.batchSize = size }
        if let rate = try auto("learning_rate_multiplier", { try number($0, 0...1_000, above: true) }) {
            request.learningRateMultiplier = rate
        }
        if let weight = try number("prompt_loss_weight", 0...1) { request.promptLossWeight = weight }
        if let rate = try number("learning_rate", 0...1, above: true) { request.learningRate = rate }
        if let steps = try integer("max_steps", 1...10_000_000) { request.maxSteps = steps }
        if let rank = try integer("lora_rank", 1...256) { request.loraRank = rank }
        if let alpha = try number("lora_alpha", 0...4_096, above: true) { request.loraAlpha = alpha }
        if let interval = try integer("eval_interval", 1...10_000_000) { request.evalInterval = interval }
    }

    /// What `POST /v1/fine_tuning/jobs` says about a run, in whichever of the places it has for that.
    func method() throws -> HyperparameterRequest {
        var request = HyperparameterRequest()
        try fields("hyperparameters")?.hyperparameters(into: &request)
        request.seed = try integer("seed", 0...Int(Int32.max)).map(UInt64.init)
        guard let method = try fields("method") else { return request }
        let kind = try method.needText("type")
        guard kind == "supervised" || kind == "dpo" else {
            throw method.refused("type", Wording("one of `supervised`, `dpo`", "是 `supervised`、`dpo` 之一"))
        }
        let settings = try method.fields(kind)?.fields("hyperparameters")
        try settings?.hyperparameters(into: &request)
        if kind == "dpo" {
            let beta = try settings?.auto("beta") { try settings?.number($0, 0...2, above: true) }
            request.method = .dpo(beta: beta ?? TrainingMethod.defaultBeta)
        } else {
            request.method = .supervised
        }
        return request
    }

    /// Up to 16 texts under names.
    func metadata() throws -> [String: String] {
        guard case .object(let object)? = try fields("metadata")?.values else { return [:] }
        var metadata: [String: String] = [:]
        for pair in object.pairs {
            guard let text = pair.value.text else {
                throw wrongType("metadata.\(pair.key)", Wording("a string", "字符串"), pair.value)
            }
            guard pair.key.count <= 64, text.count <= 512 else {
                throw refused(
                    "metadata",
                    Wording("of names up to 64 and texts up to 512 characters", "使用不超过 64 个字符的名称和不超过 512 个字符的文本"))
            }
            metadata[pair.key] = text
        }
        guard metadata.count <= 16 else { throw refused("metadata", Wording("at most 16 texts", "最多 16 个文本")) }
        return metadata
    }

    /// Becomes a part of the model's name.
    func suffix(longest: Int) throws -> String? {
        guard let suffix = try text("suffix") else { return nil }
        guard (1...longest).contains(suffix.count) else {
            throw refused("suffix", Wording("from 1 to \(longest) characters long", "在 1 到 \(longest) 个字符之间"))
        }
        return suffix
    }

    /// The word `auto` leaves a setting open.
    private func auto<T>(_ name: String, _ read: (String) throws -> T?) throws -> T? {
        values[name] == "auto" ? nil : try read(name)
    }
}

extension House {
    /// An uploaded file that a run can read; a path of this machine never is one.
    func trainingFile(_ name: String, of fields: Fields) async throws -> String? {
        guard let text = try fields.text(name) else { return nil }
        guard let file = try await storedFile(text) else {
            throw APIError.refused(
                Wording("There is no uploaded file \(text).", "没有上传过文件 \(text)。"), param: name,
                code: "file_not_found")
        }
        guard file.purpose == "fine-tune" else {
            throw APIError.refused(
                Wording(
                    "The file \(text) was uploaded for `\(file.purpose)`, not for `fine-tune`.",
                    "文件 \(text) 的用途是 `\(file.purpose)`，不是 `fine-tune`。"),
                param: name, code: "invalid_file_purpose")
        }
        if let fault = file.fault {
            throw APIError.refused(
                Wording(fault.text(in: .english), fault.text(in: .chinese)), param: name, code: "invalid_\(name)")
        }
        return file.id.text
    }

    private func storedFile(_ text: String) async throws -> StoredFile? {
        guard let id = FileID(text) else { return nil }
        do {
            return try await files.file(id)
        } catch let error as any ExplainedError where error.failureKind == .missing {
            return nil
        }
    }
}

extension ServerContext {
    /// The job that the address names, by either of its spellings.
    func job() throws -> JobID {
        let text = part("job")
        guard let id = JobID(text) else {
            throw APIError.missing(
                Wording("There is no job \(text).", "没有任务 \(text)。"), param: "fine_tune_id", code: "fine_tune_not_found"
            )
        }
        return id
    }
}
