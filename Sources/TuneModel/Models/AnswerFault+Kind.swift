extension AnswerFault {
    public var failureKind: FailureKind { .refused }

    public var failureCode: String? {
        switch self {
        case .outOfRange: "invalid_value"
        case .tooMany: "array_above_max_length"
        case .emptyStop, .unknownToken, .emptyPrompt: "invalid_value"
        case .promptTooLong: "context_length_exceeded"
        case .noConversations, .conversationRefused: "invalid_messages"
        case .form: "invalid_form"
        }
    }

    public var failureParameter: String? { parameter }
}
