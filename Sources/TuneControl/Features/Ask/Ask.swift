public import TuneModel

/// Asking a model, and the base it came from beside it: one question, or a conversation.
public enum Ask {
    /// A question, and what each model that was asked answered.
    public struct Turn: Hashable, Sendable {
        public let question: String
        public var sides: [AnswerSide]

        public func side(of model: String) -> AnswerSide? { sides.first { $0.model == model } }
    }

    /// What the prompt is written for.
    public enum Writing: Hashable, Sendable {
        case question
        /// The last question, which is then asked in place of what it was.
        case revision
        /// What stands before every conversation.
        case system
    }

    public struct State: Hashable, Sendable {
        /// The model to ask; nil until one is known.
        public var model: String?
        /// What a fine-tuned model started from.
        public var base: String?
        public var hints: AskHints?
        /// Ask the base first, to compare.
        public var showsBefore = true
        public var settings = AnswerSettings()
        public var prompt = TextBuffer(allowsNewlines: true)
        public internal(set) var writing = Writing.question
        /// The question that was being written before something else was.
        var draft = ""
        /// Whether keys go into the prompt.
        public var isTyping = true
        /// The conversation; of a text to go on with only the last question.
        public internal(set) var turns: [Turn] = []
        /// The answer that keys are for, by its place on the screen.
        public internal(set) var focus = 0
        /// The first row shown of an answer, by its place; without one it is followed while it comes.
        public internal(set) var tops: [Int: Int] = [:]
        public internal(set) var odds: Odds?

        public init() {}

        /// The models that the next question goes to, in the order of the screen.
        public var asked: [String] { (showsBefore ? [base].compactMap(\.self) : []) + [model].compactMap(\.self) }
        public var isChat: Bool { settings.isChat(hints) }
        /// Whether what is on the screen is a conversation.
        public var isConversation: Bool {
            if turns.count > 1 { return true }
            guard case .chat? = sides.first?.request.input else { return false }
            return true
        }
        /// The system prompt that stood before the last question; nil for none.
        public var systemTold: String? {
            guard case .chat(let messages)? = sides.first?.request.input, messages.first?.role == "system" else {
                return nil
            }
            return messages.first?.content
        }
        /// The answers to the last question.
        public var sides: [AnswerSide] { turns.last?.sides ?? [] }
        public var isAnswering: Bool { sides.contains(where: \.isOpen) }
        /// The answer at a place of the screen.
        public func side(at place: Int) -> AnswerSide? {
            asked.indices.contains(place) ? turns.last?.side(of: asked[place]) : nil
        }

        /// The answer that a correction starts from: the one in focus, else the newest that can be corrected.
        public var correctable: AnswerSide? {
            if let side = side(at: focus), side.isCorrectable { return side }
            return sides.last(where: \.isCorrectable)
        }

        /// The turns before a question as a model is told them; where it has not answered itself, another has for it.
        func messages(for model: String) -> [Message] {
            turns.flatMap { turn -> [Message] in
                guard let side = turn.side(of: model) ?? turn.sides.last, !side.text.trimmed.isEmpty else { return [] }
                return [
                    Message(role: "user", content: turn.question),
                    Message(role: "assistant", content: side.text.trimmed),
                ]
            }
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case typingChanged(Bool)
        case modelChosen(String, base: String?)
        case hintsArrived(model: String, AskHints?)
        case beforeToggled
        case settingsChanged(AnswerSettings)
        /// Between a conversation and a text to go on with.
        case formChanged
        /// The prompt is for something else than a question.
        case writingChanged(Writing)
        /// What is written is used for what it is written for.
        case asked
        /// The last question once more.
        case askedAgain
        case conversationStarted
        case stopped
        case arrived(side: Int, AnswerPart)
        case failed(side: Int, Explanation)
        case focused(Int)
        case scrolled(place: Int, to: Int)
        case odds(OddsAction)
        /// An earlier answer is shown, with the model and the settings that it came from.
        case reopened(KeptAnswer, base: String?)
    }

    public enum OddsAction: Hashable, Sendable {
        case toggled
        case moved(by: Int)
        /// To a token that the model was in doubt of.
        case jumped(forward: Bool)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            state.prompt.apply(edit)
        case .typingChanged(let isTyping):
            if !isTyping { state.putAway() }
            state.isTyping = isTyping
            state.odds = nil
        case .modelChosen(let model, let base):
            guard model != state.model || base != state.base else { return [] }
            if model != state.model { state.settings.forgetModel() }
            state.model = model
            state.base = base
            state.hints = nil
            state.show()
            return stop(&state) + [.loadHints(model: model)]
        case .hintsArrived(let model, let hints):
            if model == state.model { state.hints = hints }
        case .beforeToggled:
            state.showsBefore.toggle()
            state.show()
        case .settingsChanged(let settings): state.settings = settings
        case .formChanged: state.settings.form = state.isChat ? .text : .chat
        case .writingChanged(let writing): state.write(writing)
        case .asked: return useWritten(in: &state)
        case .askedAgain:
            guard let last = state.turns.last, !state.isAnswering else { return useWritten(in: &state) }
            state.turns.removeLast()
            return ask(last.question, in: &state)
        case .conversationStarted:
            let effects = stop(&state)
            state.putAway()
            state.turns = []
            state.show()
            state.isTyping = true
            return effects
        case .stopped: return stop(&state)
        case .arrived(let side, let part): return arrive(part, at: side, in: &state)
        case .failed(let side, let why):
            guard state.sides.indices.contains(side) else { return [] }
            state.turns[state.turns.count - 1].sides[side].phase = .failed(why)
            return next(after: side, in: state)
        case .focused(let place):
            state.focus = place
            state.odds = state.odds.flatMap { _ in state.side(at: place).flatMap { Odds(in: $0, at: place) } }
        case .scrolled(let place, let top): state.tops[place] = top
        case .odds(let action): walk(action, in: &state)
        case .reopened(let answer, let base): return reopen(answer, base: base, in: &state)
        }
        return []
    }
}
