import TuneModel

/// What a check can find in a row; the raw value is the finding's id.
enum Check: String, CaseIterable {
    case broken = "broken-line"
    case oversized = "oversized-line"
    case notARecord = "not-a-record"
    case missing = "missing-value"
    case emptyCompletion = "empty-completion"
    case notText = "not-text"
    case notAList = "not-a-list"
    case unknownRole = "unknown-role"
    case noAssistant = "no-assistant-turn"
    case otherShape = "other-shape"
    case notUTF8 = "invalid-utf8"
    case surrogate = "lone-surrogate"
    case control = "control-characters"
    case long = "long-records"
    case tooLong = "over-long"
    case unmeasured = "unfit-for-template"
    case duplicate = "duplicates"
    case near = "near-duplicates"
    case otherAnswer = "same-prompt-other-answer"
    case equalAnswers = "equal-answers"
    case emptyTurn = "empty-turn"
    case alternation
    case unbalanced = "unbalanced-turns"
    case secret = "secrets"
    case card = "card-numbers"
    case idNumber = "id-numbers"
    case phone = "phone-numbers"
    case email = "e-mail-addresses"
    case network = "ip-addresses"
    case invisible = "invisible-characters"
    case otherSystem = "varying-system-prompt"
    case repeatedKey = "repeated-key"

    init(_ problem: RecordProblem) {
        self =
            switch problem {
            case .missing, .null: .missing
            case .empty: .emptyCompletion
            case .notText: .notText
            case .notAList: .notAList
            case .unknownShape: .notARecord
            case .otherShape: .otherShape
            case .unknownRole: .unknownRole
            case .noAssistantTurn: .noAssistant
            case .notUTF8: .surrogate
            }
    }

    var severity: Finding.Severity {
        switch self {
        case .broken, .oversized, .notARecord, .missing, .emptyCompletion, .notText, .notAList, .unknownRole,
            .noAssistant:
            .error
        case .otherShape, .notUTF8, .surrogate, .control, .long, .tooLong, .unmeasured, .duplicate, .near, .otherAnswer,
            .equalAnswers, .emptyTurn, .alternation, .secret, .card, .idNumber:
            .warning
        case .unbalanced, .phone, .email, .network, .invisible, .otherSystem, .repeatedKey: .note
        }
    }

    func summary(_ count: Int) -> Wording {
        let n = count.grouped
        let one = count == 1
        let have = "\(n) \(one ? "record has" : "records have")"
        let are = "\(n) \(one ? "record is" : "records are")"
        return switch self {
        case .broken: Wording("\(n) \(one ? "line is" : "lines are") broken JSON.", "\(n) 行不是正确的 JSON。")
        case .oversized:
            Wording(
                "\(n) \(one ? "line is" : "lines are") longer than \(LineReader.lineLimit >> 20) MB, too long for a record.",
                "\(n) 行超过 \(LineReader.lineLimit >> 20) MB，作为记录过长。")
        case .notARecord: Wording("\(n) \(one ? "line holds" : "lines hold") no record.", "\(n) 行不是记录。")
        case .missing:
            Wording("\(have) no prompt, completion or messages (missing or null).", "\(n) 条记录缺少提问、回答或对话（缺失或为 null）。")
        case .emptyCompletion: Wording("\(have) nothing to learn: the answer is empty.", "\(n) 条记录的回答为空，没有可学的内容。")
        case .notText:
            Wording(
                "\(have) a number, a list or the like in place of a text; `tunedeck prepare` makes it one.",
                "\(n) 条记录的值是数字、列表等而不是文本，`tunedeck prepare` 可以转成文本。")
        case .notAList: Wording("\(have) something else than a list of turns.", "\(n) 条记录的对话不是列表。")
        case .unknownRole: Wording("\(have) a turn of an unknown role.", "\(n) 条记录含有未知角色的发言。")
        case .noAssistant: Wording("\(have) no assistant turn to learn from.", "\(n) 条记录没有可供学习的 assistant 发言。")
        case .otherShape: Wording("\(are) of another kind than the first.", "\(n) 条记录与第一条的类型不同。")
        case .notUTF8: Wording("\(have) bytes that are no UTF-8.", "\(n) 条记录含有非 UTF-8 字节。")
        case .surrogate: Wording("\(have) an escape that stands for no character.", "\(n) 条记录含有不代表任何字符的转义。")
        case .control:
            Wording(
                "\(have) control characters or terminal escapes; `tunedeck prepare` takes them out.",
                "\(n) 条记录含有控制字符或终端转义序列，`tunedeck prepare` 可以清除。")
        case .long: Wording("\(are) longer than 10,000 characters.", "\(n) 条记录超过 10,000 个字符。")
        case .duplicate: Wording("\(n) \(one ? "record repeats" : "records repeat") an earlier one.", "\(n) 条记录与前面的重复。")
        case .otherAnswer:
            Wording(
                "\(n) \(one ? "record gives" : "records give") another answer to a prompt that was answered before.",
                "\(n) 条记录对已出现过的提问给出了不同的回答。")
        case .equalAnswers:
            Wording("\(have) the same answer as preferred and as rejected.", "\(n) 条记录的优选回答与落选回答相同。")
        case .unbalanced:
            Wording(
                "\(n) \(one ? "conversation does" : "conversations do") not end with the assistant; what follows its last turn is not learned.",
                "\(n) 段对话不是以 assistant 的发言结束，其最后一次发言之后的内容不参与学习。")
        // Told with what the close look saw.
        case .tooLong, .unmeasured, .near, .secret, .card, .idNumber, .phone, .email, .network:
            Wording(verbatim: rawValue)
        case .emptyTurn: Wording("\(have) an empty turn.", "\(n) 条记录有空的发言。")
        case .alternation:
            Wording(
                "\(have) turns that do not alternate between user and assistant.", "\(n) 条记录的 user 与 assistant 没有交替发言。")
        case .invisible:
            Wording("\(have) invisible characters, such as zero-width spaces.", "\(n) 条记录含有不可见字符，例如零宽空格。")
        case .otherSystem: Wording("\(have) another system prompt than the first.", "\(n) 条记录的系统提示与第一条不同。")
        case .repeatedKey: Wording("\(have) a key twice; the last one counts.", "\(n) 条记录有重复的键，以最后一个为准。")
        }
    }
}
