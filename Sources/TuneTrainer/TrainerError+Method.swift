import TuneModel

extension TrainerError {
    /// How it is told that data, method and machine do not go together.
    var methodExplanation: Explanation {
        switch self {
        case .preferenceRecord(let row):
            Explanation(
                Wording(
                    "Row \(row + 1) is a preference pair, and answers are learned from completion and chat records.",
                    "第 \(row + 1) 行是偏好对，而学习回答需要补全或对话记录。"),
                next: Wording(
                    "Train with the method `dpo`, which learns from pairs, or let `tunedeck data convert` keep the preferred answers as chat records.",
                    "请改用可从偏好对学习的 `dpo` 方法，或用 `tunedeck data convert` 把较优回答保存为对话记录。"))
        case .notAPreference(let row):
            Explanation(
                Wording(
                    "Row \(row + 1) is not a preference pair, and the method `dpo` learns from pairs of answers.",
                    "第 \(row + 1) 行不是偏好对，而 `dpo` 方法需要成对的回答。"),
                next: Wording(
                    "Train with the method `supervised`, or give every record `input`, `preferred_output` and `non_preferred_output`.",
                    "请改用 `supervised` 方法，或为每条记录提供 `input`、`preferred_output` 和 `non_preferred_output`。"))
        case .fullTuningOfAdapter(let path):
            Explanation(
                Wording(
                    "A full fine-tuning changes whole weights and cannot go on from the adapter \(path).",
                    "全参数微调会改动整个权重，无法从适配器 \(path) 继续。"),
                next: Wording(
                    "Export the fine-tuned model with `--to gguf`, add the file with `tunedeck models add`, and train that; or go on with LoRA.",
                    "请先用 `--to gguf` 导出该微调模型，再用 `tunedeck models add` 添加后训练；或继续使用 LoRA。"))
        case .memoryLimit(let needed, let limit):
            Explanation(
                Wording(
                    "This training needs at least \(needed.grouped) MB of memory, and its limit is \(limit.grouped) MB.",
                    "此次训练至少需要 \(needed.grouped) MB 内存，而设定的上限为 \(limit.grouped) MB。"),
                next: Wording(
                    "Allow \(needed.grouped) MB or more, shorten the longest records, or take a smaller model.",
                    "请允许 \(needed.grouped) MB 或更多，缩短最长的记录，或换用更小的模型。"))
        case .notEnoughMemory(let needed, let available):
            Explanation(
                Wording(
                    "This full fine-tuning needs about \(needed.grouped) MB of memory, and the machine has \(available.grouped) MB left.",
                    "此次全参数微调约需 \(needed.grouped) MB 内存，而本机仅剩 \(available.grouped) MB。"),
                next: Wording(
                    "Close other programs, take a smaller model, or train an adapter with LoRA instead.",
                    "请关闭其他程序、换用更小的模型，或改用 LoRA 训练适配器。"))
        default: preconditionFailure("explained elsewhere")
        }
    }
}
