/// What is wrong with a question to a model, so that no answer is begun. Parameters have their names in the protocol.
public enum AnswerFault: ExplainedError, Hashable {
    case outOfRange(parameter: String, AllowedRange)
    /// A list that is longer than any question needs.
    case tooMany(parameter: String, count: Int, limit: Int)
    /// An empty text where one has to be found.
    case emptyStop
    /// A token's number that the model's vocabulary, of `count` tokens, does not have.
    case unknownToken(parameter: String, id: Int32, count: Int)
    case emptyPrompt
    /// The prompt leaves no room for an answer: the model reads fewer than `limit` tokens before one.
    case promptTooLong(tokens: Int, limit: Int)
    /// The model has no chat template.
    case noConversations
    /// The model's chat template does not take the conversation, in its own words.
    case conversationRefused(String)
    /// The form that the answer is to be held to.
    case form(FormFault)

    /// The parameter at fault.
    public var parameter: String {
        switch self {
        case .outOfRange(let parameter, _), .tooMany(let parameter, _, _), .unknownToken(let parameter, _, _): parameter
        case .emptyStop: "stop"
        case .emptyPrompt, .promptTooLong: "prompt"
        case .noConversations, .conversationRefused: "messages"
        case .form(let fault): fault.isGrammar ? "grammar" : "response_format"
        }
    }

    public var exitStatus: ExitStatus { .usage }

    public var explanation: Explanation {
        switch self {
        case .outOfRange, .tooMany, .emptyStop, .unknownToken: parameterExplanation
        case .form(let fault): Explanation(fault.what, next: fault.next)
        case .emptyPrompt:
            Explanation(
                Wording("The prompt is empty.", "提示为空。"),
                next: Wording("Give the model at least one character to continue.", "请至少给模型一个字符作为开头。"))
        case .promptTooLong(let tokens, let limit):
            Explanation(
                Wording(
                    "The prompt has \(tokens.grouped) tokens, \((tokens - limit + 1).grouped) too many: the model reads \(limit.grouped), its answer included.",
                    "提示有 \(tokens.grouped) 个词元，超出 \((tokens - limit + 1).grouped) 个：该模型连同回答最多读取 \(limit.grouped) 个。"),
                next: Wording("Shorten the prompt.", "请缩短提示。"))
        case .noConversations:
            Explanation(
                Wording(
                    "The model has no chat template: it continues texts, and knows no conversations.",
                    "该模型没有对话模板：它只能续写文本，不支持对话。"),
                next: Wording("Ask it with a prompt.", "请改用提示文本提问。"))
        case .conversationRefused(let reason):
            Explanation(
                Wording(
                    "The model's chat template refuses the conversation: \(reason)", "该模型的对话模板拒绝此对话：\(reason)")
                    + Wording(reason.hasSuffix(".") ? "" : ".", "。"),
                next: Wording("Change the order or the roles of the messages.", "请调整消息的顺序或角色。"))
        }
    }

    private var parameterExplanation: Explanation {
        switch self {
        case .outOfRange(let parameter, let range):
            Explanation(
                Wording("`\(parameter)` has to be ", "`\(parameter)` 必须") + range.wording + Wording(".", "。"),
                next: Wording("Change it, or leave it out.", "请修改，或省略该参数。"))
        case .tooMany(let parameter, let count, let limit):
            Explanation(
                Wording(
                    "`\(parameter)` has \(count.grouped) entries, and at most \(limit.grouped) are taken.",
                    "`\(parameter)` 有 \(count.grouped) 项，最多接受 \(limit.grouped) 项。"),
                next: Wording("Leave some of them out.", "请减少其中的项数。"))
        case .emptyStop:
            Explanation(
                Wording("`stop` has an empty text, which no answer could come before.", "`stop` 含有空文本，任何回答都会立即结束。"),
                next: Wording("Give the texts that end the answer, or none.", "请给出用来结束回答的文本，或不给出。"))
        case .unknownToken(let parameter, let id, let count):
            Explanation(
                Wording(
                    "`\(parameter)` names the token \(id), and the model's tokens go from 0 to \(count - 1).",
                    "`\(parameter)` 指定了词元 \(id)，而该模型的词元编号为 0 到 \(count - 1)。"),
                next: Wording("Take the numbers from this model's own vocabulary.", "请使用该模型自身词表中的编号。"))
        default: preconditionFailure("explained elsewhere")
        }
    }
}

/// The numbers that a parameter may be.
public enum AllowedRange: Hashable, Sendable {
    /// Both ends included.
    case within(Double, Double)
    /// The lower end left out.
    case above(Double, upTo: Double)
    /// Whole numbers.
    case atLeast(Int)

    public func contains(_ number: Double) -> Bool {
        switch self {
        case .within(let lowest, let highest): number >= lowest && number <= highest
        case .above(let limit, let highest): number > limit && number <= highest
        case .atLeast(let lowest): number >= Double(lowest)
        }
    }

    /// Completes "it has to be".
    public var wording: Wording {
        switch self {
        case .within(let lowest, let highest):
            Wording("from \(text(lowest)) to \(text(highest))", "在 \(text(lowest)) 到 \(text(highest)) 之间")
        case .above(let limit, let highest):
            Wording("above \(text(limit)) and at most \(text(highest))", "大于 \(text(limit)) 且不超过 \(text(highest))")
        case .atLeast(let lowest): Wording("\(lowest) or more", "不小于 \(lowest)")
        }
    }

    private func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}
