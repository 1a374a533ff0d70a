public import TuneModel

extension TrainerError {
    /// What is wrong with the question rather than with the model, in words that those know who ask.
    public var answerFault: AnswerFault? {
        switch self {
        case .request(let fault): fault
        case .emptyPrompt: .emptyPrompt
        case .contextTooLong(let tokens, let limit): .promptTooLong(tokens: tokens, limit: limit)
        case .noChatTemplate: .noConversations
        case .chatTemplateRefuses(_, let message): .conversationRefused(message)
        default: nil
        }
    }

    /// The fault of the question, else this.
    var told: any ExplainedError { answerFault ?? self }
}
