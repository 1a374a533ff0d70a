public import TuneModel

extension TrainerError {
    public var exitStatus: ExitStatus {
        switch self {
        case .cannotWrite, .diskFull, .notFiniteLoss, .notFiniteValidation, .memoryLimit, .notEnoughMemory: .failed
        case .export(_, let fault): fault.exitStatus
        case .request(let fault): fault.exitStatus
        default: .badData
        }
    }

    public var explanation: Explanation {
        switch self {
        case .cannotOpen(let path, let reason):
            Explanation(
                Wording("\(path) cannot be opened: \(reason).", "无法打开 \(path)：\(reason)。"),
                next: Wording("Check the path and its permissions.", "请检查路径和读取权限。"))
        case .notAFile(let path):
            Explanation(
                Wording("\(path) is not a regular file.", "\(path) 不是普通文件。"),
                next: Wording("Give the path of the file itself.", "请给出文件本身的路径。"))
        case .cannotWrite(let path, let reason):
            Explanation(
                Wording("\(path) cannot be written: \(reason).", "无法写入 \(path)：\(reason)。"),
                next: Wording("Check that the folder exists and may be written to.", "请确认文件夹存在且可写。"))
        case .diskFull(let path):
            Explanation(
                Wording("The disk is full while writing \(path).", "写入 \(path) 时磁盘已满。"),
                next: Wording(
                    "Free some space and try again; what was saved before is whole.", "请腾出空间后重试；此前保存的内容完好无损。"))
        case .export(let path, let fault): fault.explanation(path)
        case .request(let fault): fault.explanation
        case .notGGUF, .damaged, .damagedSafetensors, .damagedJSON, .badShardName, .missingMetadata, .wrongMetadata,
            .unsupportedFamily, .unsupportedFeature,
            .missingTensor, .wrongShape, .modelFileChanged:
            modelFileExplanation
        case .unsupportedTokenizer, .unsupportedPreTokenizer, .damagedTokenizer, .vocabularyMismatch, .noChatTemplate,
            .unknownChatTemplate, .chatTemplateRefuses:
            textExplanation
        case .preferenceRecord, .notAPreference, .fullTuningOfAdapter, .memoryLimit, .notEnoughMemory:
            methodExplanation
        case .damagedAdapter, .adapterMismatch, .adapterLacks, .adapterExceeds, .nothingToTrain, .notFiniteLoss,
            .notFiniteValidation, .contextTooLong, .emptyPrompt:
            trainingExplanation
        }
    }

    private var trainingExplanation: Explanation {
        switch self {
        case .damagedAdapter(let path, let offset):
            Explanation(
                Wording("\(path) is damaged at byte \(offset).", "\(path) 在第 \(offset) 字节处损坏。"),
                next: Wording("Train it again, or restore the file from a copy.", "请重新训练，或从备份恢复该文件。"))
        case .adapterMismatch(let path, let tensor, let expected, let found):
            Explanation(
                Wording(
                    "The adapter \(path) was made for another base model: \(tensor) is \(shape(found)), this base needs \(shape(expected)).",
                    "适配器 \(path) 属于另一个基础模型：\(tensor) 的形状为 \(shape(found))，而此模型需要 \(shape(expected))。"),
                next: Wording("Use it with the base model it was trained on.", "请搭配训练它时所用的基础模型使用。"))
        case .adapterLacks(let path, let tensor):
            Explanation(
                Wording("The adapter \(path) has no tensor \(tensor).", "适配器 \(path) 缺少张量 \(tensor)。"),
                next: Wording("Train it again, or restore the file from a copy.", "请重新训练，或从备份恢复该文件。"))
        case .adapterExceeds(let path, let tensor, let sizes):
            Explanation(
                Wording(
                    "The adapter \(path) has \(tensor) (\(shape(sizes))), which does not go with this base model.",
                    "适配器 \(path) 含有 \(tensor)（\(shape(sizes))），与此基础模型不相配。"),
                next: Wording("Use it with the base model it was trained on.", "请搭配训练它时所用的基础模型使用。"))
        case .nothingToTrain:
            Explanation(
                Wording("No record has a completion to learn from.", "没有任何记录含有可供学习的回答。"),
                next: Wording(
                    "Look at the dataset with `tunedeck data check FILE`.", "请用 `tunedeck data check FILE` 检查数据集。"))
        case .notFiniteLoss(let step, let rows):
            Explanation(
                Wording(
                    "The loss is no longer a number at step \(step); its batch was rows \(list(rows)).",
                    "第 \(step) 步的损失已不是有效数字；该批次包含第 \(list(rows)) 行。"),
                next: Wording(
                    "Lower the learning rate or look at these rows; the last good checkpoint is kept.",
                    "请降低学习率或检查这些行；最后一个正常的检查点已保留。"))
        case .notFiniteValidation(let step):
            Explanation(
                Wording(
                    "The validation loss is no longer a number after step \(step).", "第 \(step) 步之后，验证损失已不是有效数字。"),
                next: Wording(
                    "Lower the learning rate; the last good checkpoint is kept.", "请降低学习率；最后一个正常的检查点已保留。"))
        case .contextTooLong(let tokens, let limit):
            Explanation(
                Wording(
                    "The text has \(tokens) tokens, and the model reads at most \(limit).",
                    "文本有 \(tokens) 个词元，而模型最多读取 \(limit) 个。"),
                next: Wording("Shorten the prompt or ask for a shorter answer.", "请缩短提示或减少回答长度。"))
        case .emptyPrompt:
            Explanation(
                Wording("The prompt is empty.", "提示为空。"),
                next: Wording("Give the model at least one character to continue.", "请至少给模型一个字符作为开头。"))
        default: preconditionFailure("explained elsewhere")
        }
    }

    private func list(_ rows: [Int]) -> String { rows.map { "\($0 + 1)" }.joined(separator: ", ") }
}

/// A shape as people write it, such as `49152 × 576`.
func shape(_ sizes: [Int]) -> String { sizes.map { "\($0)" }.joined(separator: " × ") }
