import TuneModel

extension Compare {
    static func choose(_ models: [String], _ bases: [String: String], in state: inout State) -> [Effect] {
        state.bases = bases
        guard models != state.models else { return [] }
        let effects = clear(&state)
        state.models = models
        state.isZoomed = false
        return effects + models.map { .loadHints(model: $0) }
    }

    /// Asks all of them at once; which stands where is drawn first, unless everybody may know.
    static func ask(_ settings: AnswerSettings, in state: inout State) -> [Effect] {
        let question = state.prompt.text
        guard field.contains(state.models.count), !question.trimmed.isEmpty, !state.isAnswering else { return [] }
        // Turns before a question belong to the record that it came from.
        let context = state.source.flatMap { $0.question == question ? $0.context : nil } ?? []
        _ = clear(&state)
        state.question = question
        state.isTyping = false
        state.undrawn = state.models.map { model in
            AnswerSide(
                model: model,
                request: settings.shared.request(
                    question, of: model, hints: state.hints(for: model), after: context, alternatives: Ask.alternatives)
            )
        }
        return state.isBlind ? [.drawOrder(state.models.count)] : begin(Array(state.models.indices), in: &state)
    }

    static func begin(_ order: [Int], in state: inout State) -> [Effect] {
        guard !state.undrawn.isEmpty else { return [] }
        let isWhole = order.sorted() == Array(state.undrawn.indices)
        state.sides = isWhole ? order.map { state.undrawn[$0] } : state.undrawn
        state.undrawn = []
        return state.sides.enumerated().map { .answer($1.request, .compare($0)) }
    }

    static func stop(_ place: Int?, in state: inout State) -> [Effect] {
        state.undrawn = []
        let open = state.sides.indices.filter { state.sides[$0].isOpen && (place == nil || place == $0) }
        for place in open { state.sides[place].phase = .stopped }
        return open.map { .stop(.contending($0)) }
    }

    static func vote(_ verdict: Vote.Verdict, in state: inout State) -> [Effect] {
        let contenders = state.contenders
        guard state.canVote else { return [] }
        var told = verdict
        if case .best(let place) = verdict {
            guard let rank = contenders.firstIndex(of: place) else { return [] }
            told = .best(rank)
            state.focus = place
        }
        let vote = Vote(
            prompt: state.question, models: contenders.map { state.sides[$0].model },
            answers: contenders.map { state.sides[$0].text }, verdict: told, isBlind: state.isHidden)
        state.verdict = verdict
        state.votes.append(vote)
        return [.vote(vote)]
    }

    static func walk(_ action: Ask.OddsAction, in state: inout State) {
        let tokens = state.side(at: state.focus)?.tokens ?? []
        switch action {
        case .toggled:
            let opened = state.side(at: state.focus).flatMap { Odds(in: $0, at: state.focus) }
            state.odds = state.odds == nil ? opened : nil
        case .moved(let step): state.odds?.move(by: step, in: tokens)
        case .jumped(let forward): state.odds?.jump(forward: forward, in: tokens)
        }
    }

    static func take(_ record: Record, _ path: String, _ row: Int, in state: inout State) -> [Effect] {
        let effects = clear(&state)
        let source = Source(record, path: path, row: row)
        state.source = source
        state.prompt.replace(with: source.question)
        state.prompt.apply(.move(.textEnd))
        // Enter then asks it.
        state.isTyping = true
        return effects
    }

    /// The record that a vote becomes: the better answer and the worse one to what was asked.
    static func preference(_ better: AnswerSide, _ worse: AnswerSide, to question: String) -> Record {
        var input = [Message(role: "user", content: question)]
        if case .chat(let messages) = better.request.input { input = messages }
        func answer(_ side: AnswerSide) -> [Message] { [Message(role: "assistant", content: side.text.trimmed)] }
        return .preference(input: input, preferred: answer(better), rejected: answer(worse))
    }

    // MARK: -

    /// Takes the answers off the screen.
    private static func clear(_ state: inout State) -> [Effect] {
        let effects = stop(nil, in: &state)
        state.sides = []
        state.question = ""
        state.verdict = nil
        state.isRevealed = false
        state.focus = 0
        state.tops = [:]
        state.odds = nil
        return effects
    }
}

extension Compare.Source {
    init(_ record: Record, path: String, row: Int) {
        self.path = path
        self.row = row
        switch record {
        case .completion(let prompt, let completion):
            (question, expected, context) = (prompt, completion, [])
        case .chat(let messages):
            // The last answer is what is expected, to the question before it.
            let end = messages.lastIndex { $0.role == "assistant" } ?? messages.endIndex
            let before = messages[..<end]
            question = before.last?.content ?? ""
            expected = end < messages.endIndex ? messages[end].content : ""
            context = Array(before.dropLast())
        case .preference(let input, let preferred, _):
            question = input.last?.content ?? ""
            expected = preferred.last?.content ?? ""
            context = Array(input.dropLast())
        }
    }
}

extension AnswerSide {
    var hasFailed: Bool { if case .failed = phase { true } else { false } }
}

extension AnswerSettings {
    /// What of them is meant for any model.
    var shared: AnswerSettings {
        var shared = self
        shared.separator = nil
        shared.stop = nil
        return shared
    }
}
