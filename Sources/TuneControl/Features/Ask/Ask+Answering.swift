import TuneModel

extension Ask {
    /// Other tokens that are told beside each one of an answer.
    public static let alternatives = 10

    static func useWritten(in state: inout State) -> [Effect] {
        switch state.writing {
        case .question: return ask(state.prompt.text, in: &state)
        case .system:
            state.settings.system = state.prompt.text.trimmed
            state.putAway()
            return []
        case .revision:
            let question = state.prompt.text
            guard !question.trimmed.isEmpty, !state.isAnswering else { return [] }
            state.putAway()
            if !state.turns.isEmpty { state.turns.removeLast() }
            let draft = state.prompt.text
            let effects = ask(question, in: &state)
            // What was being written for the next turn is still wanted there.
            if state.isChat { state.prompt.replace(with: draft) }
            return effects
        }
    }

    static func ask(_ question: String, in state: inout State) -> [Effect] {
        guard state.model != nil, !question.trimmed.isEmpty, !state.isAnswering else { return [] }
        let isChat = state.isChat
        // A text that was gone on with is no turn of a conversation.
        if !isChat || !state.isConversation { state.turns = [] }
        let sides = state.asked.map { model in
            AnswerSide(
                model: model,
                request: state.settings.request(
                    question, of: model, hints: state.hints, after: isChat ? state.messages(for: model) : [],
                    alternatives: alternatives))
        }
        // Probabilities are many; those of the last answers are enough.
        for turn in state.turns.indices {
            for side in state.turns[turn].sides.indices { state.turns[turn].sides[side].tokens = [] }
        }
        state.turns.append(Turn(question: question, sides: sides))
        state.show()
        // An answer can be corrected or asked again at once, so the keys leave the prompt.
        state.isTyping = false
        if isChat { state.prompt.replace(with: "") }
        return [.answer(sides[0].request, .ask(0))]
    }

    static func arrive(_ part: AnswerPart, at place: Int, in state: inout State) -> [Effect] {
        guard state.sides.indices.contains(place), state.sides[place].isOpen else { return [] }
        let turn = state.turns.count - 1
        state.turns[turn].sides[place].take(part)
        guard case .finished = part else { return [] }
        return [keep(state.turns[turn].sides[place], state.turns[turn])] + next(after: place, in: state)
    }

    static func stop(_ state: inout State) -> [Effect] {
        guard state.isAnswering else { return [] }
        var effects = [Effect.stop(.asking)]
        let turn = state.turns.count - 1
        for place in state.sides.indices where state.sides[place].isOpen {
            state.turns[turn].sides[place].phase = .stopped
            let side = state.sides[place]
            if !side.text.isEmpty { effects.append(keep(side, state.turns[turn])) }
        }
        return effects
    }

    /// One after the other: each has the whole machine, and its speed can be believed.
    static func next(after place: Int, in state: State) -> [Effect] {
        guard place + 1 < state.sides.count, state.sides[place + 1].phase == .waiting else { return [] }
        return [.answer(state.sides[place + 1].request, .ask(place + 1))]
    }

    static func walk(_ action: OddsAction, in state: inout State) {
        let side = state.side(at: state.focus)
        switch action {
        case .toggled: state.odds = state.odds == nil ? side.flatMap { Odds(in: $0, at: state.focus) } : nil
        case .moved(let step): state.odds?.move(by: step, in: side?.tokens ?? [])
        case .jumped(let forward): state.odds?.jump(forward: forward, in: side?.tokens ?? [])
        }
    }

    static func reopen(_ answer: KeptAnswer, base: String?, in state: inout State) -> [Effect] {
        var effects = stop(&state)
        state.putAway()
        if answer.model != state.model { effects.append(.loadHints(model: answer.model)) }
        if answer.model != state.model { state.hints = nil }
        state.model = answer.model
        state.base = base
        // Only the one that answered is shown, so that nothing seems to be missing.
        state.showsBefore = false
        state.settings.take(answer)
        let request = answer.request ?? state.settings.request(answer.prompt, of: answer.model, hints: nil)
        let phase = answer.summary.map(AnswerSide.Phase.finished) ?? .stopped
        let side = AnswerSide(model: answer.model, request: request, text: answer.answer, phase: phase)
        state.turns = earlier(request) + [Turn(question: answer.prompt, sides: [side])]
        state.show()
        state.prompt.replace(with: state.isChat ? "" : answer.prompt)
        state.isTyping = false
        return effects
    }

    // MARK: -

    private static func keep(_ side: AnswerSide, _ turn: Turn) -> Effect {
        .keepAnswer(side.request, prompt: turn.question, answer: side.text, side.summary)
    }

    /// The turns before the last question of a request, all said by its model.
    private static func earlier(_ request: AnswerRequest) -> [Turn] {
        guard case .chat(let messages) = request.input else { return [] }
        let said = messages.filter { $0.role != "system" }.dropLast()
        return zip(said, said.dropFirst()).filter { $0.role == "user" && $1.role == "assistant" }.map {
            question, answer in
            Turn(
                question: question.content,
                sides: [AnswerSide(model: request.model, request: request, text: answer.content, phase: .stopped)])
        }
    }
}

extension Ask.State {
    /// Shows what is newest from its beginning.
    mutating func show() {
        tops = [:]
        odds = nil
        focus = max(0, asked.count - 1)
    }

    mutating func write(_ writing: Ask.Writing) {
        if writing == .revision, turns.isEmpty { return }
        putAway()
        if writing != .question { draft = prompt.text }
        self.writing = writing
        switch writing {
        case .question: break
        case .system: prompt.replace(with: settings.system)
        case .revision: prompt.replace(with: turns.last?.question ?? "")
        }
        if writing != .question { prompt.apply(.move(.textEnd)) }
        isTyping = true
        odds = nil
    }

    /// Goes back to the question that was being written.
    mutating func putAway() {
        guard writing != .question else { return }
        writing = .question
        prompt.replace(with: draft)
        draft = ""
    }
}

extension Odds {
    /// At the first token of an answer; nil when its tokens are not known.
    init?(in side: AnswerSide, at place: Int) {
        guard !side.tokens.isEmpty else { return nil }
        self.init(side: place)
    }
}

extension AnswerSettings {
    /// Takes over how an answer was asked for.
    mutating func take(_ answer: KeptAnswer) {
        forgetModel()
        guard let request = answer.request else { return }
        sampling = request.sampling
        maxTokens = request.maxTokens
        stop = request.stop
        switch request.input {
        case .chat(let messages):
            form = .chat
            system = messages.first { $0.role == "system" }?.content ?? ""
        case .prompt(let prompt):
            form = .text
            separator = prompt.hasPrefix(answer.prompt) ? String(prompt.dropFirst(answer.prompt.count)) : ""
        case .tokens: form = .text
        }
    }
}
