/// Something that a model is measured by.
public enum Measure: String, CaseIterable, Codable, Sendable, CodingKeyRepresentable {
    // On the expected answer, token by token.
    case loss
    case tokenAccuracy = "token_accuracy"
    case sequenceAccuracy = "sequence_accuracy"
    // On classes.
    case accuracy
    case macroF1 = "macro_f1"
    // On answers that were written.
    case exactMatch = "exact_match"
    case normalizedMatch = "normalized_match"
    case rouge1, rouge2
    case rougeL = "rouge_l"
    case bleu
    case chrF = "chrf"
    // By a model that judges.
    case judge

    /// Whether less is better.
    public var isCost: Bool { self == .loss }

    /// Its best value, where it has one besides 0.
    public var most: Double? {
        switch self {
        case .loss: nil
        case .judge: 10
        case .bleu, .chrF: 100
        default: 1
        }
    }

    /// What it is called where there is room.
    public var title: Wording {
        switch self {
        case .loss: Wording("loss", "损失")
        case .tokenAccuracy: Wording("token accuracy", "词元准确率")
        case .sequenceAccuracy: Wording("sequence accuracy", "整句准确率")
        case .accuracy: Wording("accuracy of classes", "分类准确率")
        case .macroF1: Wording("macro F1", "宏平均 F1")
        case .exactMatch: Wording("exact match", "完全一致")
        case .normalizedMatch: Wording("normalized match", "规范化后一致")
        case .rouge1: Wording("ROUGE-1", "ROUGE-1")
        case .rouge2: Wording("ROUGE-2", "ROUGE-2")
        case .rougeL: Wording("ROUGE-L", "ROUGE-L")
        case .bleu: Wording("BLEU", "BLEU")
        case .chrF: Wording("chrF", "chrF")
        case .judge: Wording("judge", "评审")
        }
    }

    /// What it is called above a narrow column.
    public var label: Wording {
        switch self {
        case .tokenAccuracy: Wording("tok acc", "词元准确")
        case .sequenceAccuracy: Wording("seq acc", "整句准确")
        case .accuracy: Wording("class acc", "分类准确")
        case .macroF1: Wording("macro F1", "宏 F1")
        case .exactMatch: Wording("exact", "一致")
        case .normalizedMatch: Wording("norm.", "规范一致")
        default: title
        }
    }

    /// What it means, in one sentence.
    public var meaning: Wording {
        switch self {
        case .loss:
            Wording("mean cross-entropy in nats per token of the expected answers", "期望回答中每个词元的平均交叉熵（nat）")
        case .tokenAccuracy:
            Wording("share of expected tokens that the model has as the likeliest", "模型认为最可能的词元与期望一致的比例")
        case .sequenceAccuracy:
            Wording("share of records whose expected tokens are all the likeliest", "期望词元全部为最可能词元的记录比例")
        case .accuracy: Wording("share of records that were given their class", "被分到正确类别的记录比例")
        case .macroF1: Wording("mean F1 of the classes, each counting the same", "各类别 F1 的平均值，每类权重相同")
        case .exactMatch:
            Wording("share of answers that are the expected one, letter by letter", "与期望回答逐字相同的比例")
        case .normalizedMatch:
            Wording(
                "the same without regard to case, punctuation, spaces and width", "忽略大小写、标点、空白和全半角后相同的比例")
        case .rouge1: Wording("F1 of the words in common", "共有词的 F1")
        case .rouge2: Wording("F1 of the pairs of words in common", "共有相邻词对的 F1")
        case .rougeL: Wording("F1 of the longest common subsequence of words", "最长公共词序列的 F1")
        case .bleu: Wording("BLEU-4 of all answers together, 0 to 100", "全部回答合计的 BLEU-4，0 到 100")
        case .chrF: Wording("F2 of runs of 1 to 6 characters, 0 to 100", "1 到 6 个字符片段的 F2，0 到 100")
        case .judge: Wording("mean of what the judge gave", "评审所给分数的平均值")
        }
    }

    /// A value as people read it.
    public func text(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        return switch self {
        case .loss: Self.decimals(value, 3)
        case .bleu, .chrF: Self.decimals(value, 1)
        case .judge: Self.decimals(value, 2)
        default: Self.decimals(value * 100, 1) + " %"
        }
    }

    private static func decimals(_ value: Double, _ places: Int) -> String {
        let scale = (0..<places).reduce(1) { whole, _ in whole * 10 }
        guard abs(value) < 1e12 else { return "\(value)" }
        let whole = Int((abs(value) * Double(scale)).rounded())
        let digits = String(whole % scale)
        let sign = value < 0 && whole > 0 ? "−" : ""
        return sign + "\(whole / scale)." + String(repeating: "0", count: places - digits.count) + digits
    }
}
