import Foundation
import TuneModel

/// The `README.md` beside an exported model: what it is, what it was made from, how it did, how it is loaded.
struct ExportCard {
    let story: ModelStory
    let format: ExportFormat
    let type: TensorType
    let parity: ExportParity
    /// The base model's, as its file says it.
    let license: String?

    var text: String {
        ([frontMatter, "# \(story.fileName)\n", opening, table(facts)] + sections.map { "## \($0.title)\n\n\($0.text)" })
            .joined(separator: "\n") + "\n"
    }

    // MARK: -

    private var frontMatter: String {
        var lines = ["---", "base_model: \(Self.quoted(story.hubName ?? story.base))"]
        if let license { lines.append("license: \(Self.quoted(license))") }
        if format.isAdapter { lines.append("base_model_relation: adapter") }
        switch format {
        case .peft: lines.append("library_name: peft")
        case .safetensors: lines.append("library_name: transformers")
        case .gguf, .ggufLoRA: lines.append("library_name: gguf")
        }
        return (lines + ["pipeline_tag: text-generation", "tags: [fine-tuned, tunedeck]", "---", ""])
            .joined(separator: "\n")
    }

    private var opening: String {
        let what =
            switch format {
            case .peft: "A LoRA adapter for `\(story.base)`, in the layout of the peft library."
            case .safetensors: "`\(story.base)`, fine-tuned, as a folder of the transformers library."
            case .gguf: "`\(story.base)`, fine-tuned, as one GGUF file."
            case .ggufLoRA: "A LoRA adapter for `\(story.base)`, as a GGUF file."
            }
        return what + " Exported by TuneDeck.\n"
    }

    private var facts: [(String, String?)] {
        let tuned = story.hyperparameters.map { $0.tuning == .lora ? "LoRA" : "all weights" }
        return [
            ("model", "`\(story.name)`"), ("base model", "`\(story.base)`"),
            ("base model, SHA-256", story.baseSHA256.map { "`\($0)`" }),
            ("training file", story.training.map { "`\($0.name)`" }),
            ("training file, SHA-256", story.training?.sha256.map { "`\($0)`" }),
            ("validation file", story.validation.map { "`\($0.name)`" }),
            ("validation file, SHA-256", story.validation?.sha256.map { "`\($0)`" }),
            ("job", story.job.map { "`\($0)`" }),
            ("made", story.createdAt.map { $0.formatted(.iso8601) }), ("method", tuned),
            ("stored as", type.name), ("parity", parity.wording.english),
        ]
    }

    private var sections: [(title: String, text: String)] {
        var sections: [(String, String)] = []
        if let settings = story.hyperparameters { sections.append(("Hyperparameters", table(settings.rows))) }
        if let metrics = story.metrics {
            sections.append(("Results", table(metrics.rows(tokens: story.trainedTokens))))
        }
        sections.append(("Use", use))
        return sections
    }

    private var use: String {
        var text = ""
        if story.isChat {
            text += "The model learned conversations: ask it with its chat template.\n\n"
        } else {
            if let separator = story.separator { text += "End every prompt with \(Self.code(separator)). " }
            if let ending = story.ending { text += "An answer is over at \(Self.code(ending)). " }
            if !text.isEmpty { text += "\n\n" }
        }
        if format.isAdapter {
            text += "The adapter was trained on the base model in the precision that it was stored in; "
            text += "in another one its answers differ a little.\n\n"
        }
        return text + "```\n\(example)\n```\n"
    }

    private var example: String {
        let base = story.hubName ?? "PATH/TO/\(story.base)"
        switch format {
        case .peft:
            return """
                from peft import PeftModel
                from transformers import AutoModelForCausalLM
                model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained("\(base)"), "THIS/FOLDER")
                """
        case .safetensors:
            return """
                from transformers import AutoModelForCausalLM, AutoTokenizer
                model = AutoModelForCausalLM.from_pretrained("THIS/FOLDER")
                tokenizer = AutoTokenizer.from_pretrained("THIS/FOLDER")
                """
        case .gguf: return "llama-cli -m \(story.fileName)-\(type.name.lowercased()).gguf"
        case .ggufLoRA: return "llama-cli -m BASE.gguf --lora \(story.fileName)-lora-\(type.name.lowercased()).gguf"
        }
    }

    private func table(_ rows: [(String, String?)]) -> String {
        let lines = rows.compactMap { name, value in
            value.map { "| \(name) | \($0.replacing("|", with: "\\|").replacing("\n", with: " ")) |" }
        }
        return (["| | |", "| --- | --- |"] + lines).joined(separator: "\n") + "\n"
    }

    /// In YAML.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ") + "\""
    }

    /// In Markdown, with what cannot be seen spelled out.
    private static func code(_ text: String) -> String {
        "`"
            + text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
            .replacing("`", with: "'") + "`"
    }
}

extension Hyperparameters {
    /// As a card lists them.
    fileprivate var rows: [(String, String?)] {
        let isLoRA = tuning == .lora
        var method = "supervised"
        if case .dpo(let beta) = self.method { method = "DPO, beta \(beta)" }
        return [
            ("method", method), ("epochs", "\(epochs)"), ("max steps", maxSteps.map { "\($0)" }),
            ("batch size", accumulation == 1 ? "\(batchSize)" : "\(batchSize) × \(accumulation)"),
            (
                "learning rate",
                "\(learningRate), \(schedule.rawValue), warm-up over \(warmupShare * 100) % of the steps"
            ),
            ("weight decay", "\(weightDecay)"), ("gradient clip", "\(gradientClip)"),
            ("prompt loss weight", "\(promptLossWeight)"), ("NEFTune noise", noise > 0 ? "\(noise)" : nil),
            ("LoRA rank", isLoRA ? "\(loraRank)" : nil),
            ("LoRA alpha", isLoRA ? "\(loraAlpha)\(isRankStabilized ? ", rank-stabilized" : "")" : nil),
            ("LoRA dropout", isLoRA ? "\(loraDropout)" : nil),
            ("LoRA targets", isLoRA ? loraTargets.map(\.rawValue).joined(separator: ", ") : nil), ("seed", "\(seed)"),
        ]
    }
}

extension StepMetrics {
    /// As a card lists them.
    fileprivate func rows(tokens: Int?) -> [(String, String?)] {
        func shown(_ value: Double?) -> String? { value.map { String(format: "%.4f", $0) } }
        return [
            ("step", "\(step) of \(totalSteps)"), ("trained tokens", tokens.map { $0.grouped }),
            ("training loss", shown(trainingLoss)), ("training token accuracy", shown(trainingTokenAccuracy)),
            ("training sequence accuracy", shown(trainingSequenceAccuracy)),
            ("validation loss", shown(validationLoss)), ("validation token accuracy", shown(validationTokenAccuracy)),
            ("validation sequence accuracy", shown(validationSequenceAccuracy)),
        ]
    }
}
