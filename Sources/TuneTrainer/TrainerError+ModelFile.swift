import TuneModel

extension TrainerError {
    /// How a fault of a model file is told.
    var modelFileExplanation: Explanation {
        switch self {
        case .notGGUF(let path):
            Explanation(
                Wording("\(path) is not a GGUF model file.", "\(path) 不是 GGUF 模型文件。"),
                next: Wording(
                    "Give a .gguf file or a folder with config.json, or fetch one with `tunedeck models pull smollm2-135m`.",
                    "请提供 .gguf 文件或含 config.json 的文件夹，或用 `tunedeck models pull smollm2-135m` 下载一个。"))
        case .damaged(let path, let offset, let fault):
            Explanation(
                Wording("\(path), byte \(offset): ", "\(path) 第 \(offset) 字节：") + fault.wording,
                next: fault.next)
        case .damagedSafetensors(let path, let offset, let fault):
            Explanation(
                Wording("\(path), byte \(offset): ", "\(path) 第 \(offset) 字节：") + fault.wording,
                next: Wording(
                    "The file is cut short or damaged; fetch it again, or restore it from a copy.",
                    "文件不完整或已损坏，请重新下载或从备份恢复。"))
        case .damagedJSON(let path, let offset, let fault):
            Explanation(
                Wording("\(path), byte \(offset): ", "\(path) 第 \(offset) 字节：") + fault.wording,
                next: Wording(
                    "The file is cut short or damaged; fetch it again, or restore it from a copy.",
                    "文件不完整或已损坏，请重新下载或从备份恢复。"))
        case .badShardName(let path, let name):
            Explanation(
                Wording(
                    "\(path) names `\(name)`, which is not a file of its own folder.",
                    "\(path) 引用了 `\(name)`，它不是该文件夹中的文件。"),
                next: Wording("Fetch the model again.", "请重新下载该模型。"))
        case .missingMetadata(let path, let key):
            Explanation(
                Wording("\(path) does not say its `\(key)`.", "\(path) 缺少元数据 `\(key)`。"),
                next: Wording("Fetch or convert the model again.", "请重新下载或转换该模型。"))
        case .wrongMetadata(let path, let key, let expected, let found):
            Explanation(
                Wording(
                    "`\(key)` in \(path) should be of type \(expected) and is \(found).",
                    "\(path) 中的 `\(key)` 应为 \(expected) 类型，实际为 \(found)。"),
                next: Wording("Fetch or convert the model again.", "请重新下载或转换该模型。"))
        case .unsupportedFamily(let path, let name):
            Explanation(
                Wording(
                    "\(path) is a model of the family `\(name)`, which the trainer does not know.",
                    "\(path) 属于 `\(name)` 系列模型，训练器尚不支持。"),
                next: Wording(
                    "Use a Llama, Mistral, Qwen2, Qwen3 or SmolLM2 model.",
                    "请使用 Llama、Mistral、Qwen2、Qwen3 或 SmolLM2 系列的模型。"))
        case .unsupportedFeature(let path, let name):
            Explanation(
                Wording("\(path) uses \(name), which the trainer does not do.", "\(path) 用到了训练器尚不支持的 \(name)。"),
                next: Wording("Use another model, such as SmolLM2.", "请换用其他模型，例如 SmolLM2。"))
        case .missingTensor(let path, let name):
            Explanation(
                Wording("\(path) has no tensor \(name).", "\(path) 缺少张量 \(name)。"),
                next: Wording("Fetch or convert the model again.", "请重新下载或转换该模型。"))
        case .modelFileChanged(let path):
            Explanation(
                Wording(
                    "\(path) has changed on disk since the model was opened.", "\(path) 在模型打开之后已在磁盘上被改动。"),
                next: Wording(
                    "Ask again to open the model anew; if it is not whole, fetch or copy it again.",
                    "请再问一次以重新打开模型；若文件不完整，请重新下载或复制。"))
        case .wrongShape(let path, let name, let expected, let found):
            Explanation(
                Wording(
                    "The tensor \(name) in \(path) is \(shape(found)) and should be \(shape(expected)).",
                    "\(path) 中张量 \(name) 的形状为 \(shape(found))，应为 \(shape(expected))。"),
                next: Wording("Fetch or convert the model again.", "请重新下载或转换该模型。"))
        default: preconditionFailure("explained elsewhere")
        }
    }

    /// How a fault of a tokenizer or a chat template is told.
    var textExplanation: Explanation {
        switch self {
        case .unsupportedTokenizer(let path, let model):
            Explanation(
                Wording(
                    "\(path) splits text with a tokenizer of the kind `\(model)`, which is not known here.",
                    "\(path) 使用 `\(model)` 类型的分词器，目前尚不支持。"),
                next: Wording(
                    "Use a model with a BPE tokenizer, such as SmolLM2.", "请使用 BPE 分词器的模型，例如 SmolLM2。"))
        case .unsupportedPreTokenizer(let path, let name):
            Explanation(
                Wording(
                    "\(path) splits text by the rules `\(name)`, which are not known here.",
                    "\(path) 采用 `\(name)` 预分词规则，目前尚不支持。"),
                next: Wording("Use another model, such as SmolLM2.", "请换用其他模型，例如 SmolLM2。"))
        case .damagedTokenizer(let path, let fault):
            Explanation(
                Wording("The vocabulary in \(path) is damaged: ", "\(path) 中的词表已损坏：") + fault.wording,
                next: Wording("Fetch or convert the model again.", "请重新下载或转换该模型。"))
        case .vocabularyMismatch(let path, let tokens, let rows):
            Explanation(
                Wording(
                    "The tokenizer of \(path) has \(tokens) tokens, and the model's embedding has \(rows) rows.",
                    "\(path) 的分词器有 \(tokens) 个词元，而模型的词嵌入只有 \(rows) 行。"),
                next: Wording(
                    "Use the tokenizer that belongs to the model; fetch both again.", "请使用该模型自带的分词器，并重新下载两者。"))
        case .noChatTemplate(let path):
            Explanation(
                Wording("\(path) has no chat template, so it cannot hold a conversation.", "\(path) 没有对话模板，无法进行对话。"),
                next: Wording("Ask with a plain prompt, or use an instruct model.", "请用普通提示提问，或改用指令模型。"))
        case .unknownChatTemplate(let path, let construct):
            Explanation(
                Wording(
                    "The chat template of \(path) uses \(construct), which is not known here.",
                    "\(path) 的对话模板使用了 \(construct)，目前尚不支持。"),
                next: Wording(
                    "Use prompt–completion records, or a model such as SmolLM2.", "请使用“提示–回答”记录，或换用 SmolLM2 等模型。"))
        case .chatTemplateRefuses(let path, let message):
            Explanation(
                Wording(
                    "The chat template of \(path) refuses the conversation: \(message.hasSuffix(".") ? String(message.dropLast()) : message).",
                    "\(path) 的对话模板拒绝了这段对话：\(message)。"),
                next: Wording(
                    "Change the order or the roles of the messages as it asks.", "请按其要求调整消息的顺序或角色。"))
        default: preconditionFailure("explained elsewhere")
        }
    }
}
