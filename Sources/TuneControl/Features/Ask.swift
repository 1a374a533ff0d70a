public import TuneModel

/// Asking a model, and the base it came from beside it.
public enum Ask {
    /// One model's answer.
    public struct Side: Hashable, Sendable {
        public enum Phase: Hashable, Sendable {
            case waiting
            case streaming
            case finished(AnswerSummary)
            /// Ended by the person; what had come stays.
            case stopped
            case failed(Explanation)
        }

        public let model: String
        public let request: AnswerRequest
        public var text = ""
        public var phase = Phase.waiting

        public var isOpen: Bool { phase == .waiting || phase == .streaming }
        var isFinished: Bool { if case .finished = phase { true } else { false } }
    }

    public struct State: Hashable, Sendable {
        /// The model to ask; nil until one is known.
        public var model: String?
        /// What a fine-tuned model started from.
        public var base: String?
        public var hints: AskHints?
        /// Ask the base first, to compare.
        public var showsBefore = true
        public var prompt = TextBuffer(allowsNewlines: true)
        /// Whether keys go into the prompt.
        public var isTyping = true
        public var sides: [Side] = []
        public var sampling = Sampling()
        public var maxTokens = 128

        public init() {}

        public var isAnswering: Bool { sides.contains(where: \.isOpen) }

        /// The answer that a correction starts from: the newest that says something, or is over without a word.
        public var correctable: Side? { sides.last { !$0.text.isEmpty || $0.isFinished } }

        func input(for prompt: String) -> AnswerRequest.Input {
            guard let hints else { return .chat([Message(role: "user", content: prompt)]) }
            if hints.isChat { return .chat([Message(role: "user", content: prompt)]) }
            return .prompt(prompt.hasSuffix(hints.separator) ? prompt : prompt + hints.separator)
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case typingChanged(Bool)
        case modelChosen(String, base: String?)
        case hintsArrived(model: String, AskHints?)
        case beforeToggled
        case asked
        case stopped
        case arrived(side: Int, AnswerPart)
        case failed(side: Int, Explanation)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            state.prompt.apply(edit)
        case .typingChanged(let isTyping):
            state.isTyping = isTyping
        case .modelChosen(let model, let base):
            guard model != state.model || base != state.base else { return [] }
            state.model = model
            state.base = base
            state.hints = nil
            state.sides = []
            return [.stop(.asking), .loadHints(model: model)]
        case .hintsArrived(let model, let hints):
            if model == state.model { state.hints = hints }
        case .beforeToggled:
            state.showsBefore.toggle()
        case .asked:
            return ask(in: &state)
        case .stopped:
            for index in state.sides.indices where state.sides[index].isOpen { state.sides[index].phase = .stopped }
            return [.stop(.asking)]
        case .arrived(let side, let part):
            guard state.sides.indices.contains(side), state.sides[side].isOpen else { return [] }
            switch part {
            case .text(let text, _):
                state.sides[side].phase = .streaming
                state.sides[side].text += text
            case .finished(let summary):
                state.sides[side].phase = .finished(summary)
                return next(after: side, in: state)
            }
        case .failed(let side, let why):
            guard state.sides.indices.contains(side) else { return [] }
            state.sides[side].phase = .failed(why)
            return next(after: side, in: state)
        }
        return []
    }

    /// The record that a correction of an answer begins with, in the shape of the dataset that it goes to.
    static func correction(of side: Side, hints: AskHints?, shape: Record.Shape) -> Record {
        let (question, messages): (String, [Message]) =
            switch side.request.input {
            case .prompt(let prompt): (prompt, [Message(role: "user", content: prompt)])
            case .tokens: ("", [])
            case .chat(let messages): (messages.last { $0.role == "user" }?.content ?? "", messages)
            }
        guard shape == .completion else {
            return .chat(messages + [Message(role: "assistant", content: side.text.trimmed)])
        }
        let text = side.text.hasPrefix(" ") ? side.text : " " + side.text
        return .completion(prompt: question, completion: text + (hints?.stop ?? ""))
    }

    // MARK: -

    private static func ask(in state: inout State) -> [Effect] {
        guard let model = state.model, !state.prompt.text.trimmed.isEmpty, !state.isAnswering else { return [] }
        let input = state.input(for: state.prompt.text)
        let stop = state.hints.map { $0.stop.isEmpty ? [] : [$0.stop] } ?? []
        let models = (state.showsBefore ? [state.base].compactMap(\.self) : []) + [model]
        state.sides = models.map { name in
            Side(
                model: name,
                request: AnswerRequest(
                    model: name, input: input, maxTokens: state.maxTokens, sampling: state.sampling,
                    stop: stop))
        }
        // An answer can be corrected or asked again at once, so the keys leave the prompt.
        state.isTyping = false
        return [.answer(state.sides[0].request, side: 0)]
    }

    /// One after the other: each has the whole machine, and its speed can be believed.
    private static func next(after side: Int, in state: State) -> [Effect] {
        guard side + 1 < state.sides.count, state.sides[side + 1].phase == .waiting else { return [] }
        return [.answer(state.sides[side + 1].request, side: side + 1)]
    }
}
