/// What a judging model says of the answers.
extension EvaluationRun {
    mutating func judge(
        by name: String, _ progress: @Sendable (EvaluationProgress) -> Void
    ) async throws {
        let judge = Judge(report.request.judging, report.segmentation == .chinese ? .chinese : .english)
        switch report.request.judging {
        case .score:
            for model in report.models.indices { try await score(model, judge, by: name, progress) }
        case .pick: try await pick(judge, by: name, progress)
        }
    }

    private mutating func score(
        _ model: Int, _ judge: Judge, by name: String, _ progress: @Sendable (EvaluationProgress) -> Void
    ) async throws {
        let places = exams.indices.filter { report.models[model].outcomes[$0].answer != nil }
        let requests = places.map { index in
            question(
                judge.prompt(
                    question: exams[index].text, expected: exams[index].expected,
                    answer: report.models[model].outcomes[index].answer?.text ?? ""), to: name)
        }
        var round = Round(.judging, name, total: requests.count, at: now())
        tell(round, progress)
        for await reply in services.replies(to: requests) {
            let text = Self.text(of: reply)
            report.models[model].outcomes[places[reply.index]].judgement = Judgement(
                points: Judge.score(in: text), text: text)
            note(&round, progress)
        }
        try Task.checkCancellation()
    }

    /// Every record is judged twice, the answers in one order and in the other, since judges like what they read first.
    private mutating func pick(
        _ judge: Judge, by name: String, _ progress: @Sendable (EvaluationProgress) -> Void
    ) async throws {
        let models = Array(report.models.indices)
        let places = exams.indices.filter { index in
            models.allSatisfy { report.models[$0].outcomes[index].answer != nil }
        }
        let requests = places.flatMap { index in
            [models, models.reversed()].map { order in
                question(
                    judge.prompt(
                        question: exams[index].text, expected: exams[index].expected,
                        answers: order.map { report.models[$0].outcomes[index].answer?.text ?? "" }), to: name)
            }
        }
        var replies = [String?](repeating: nil, count: requests.count)
        var round = Round(.judging, name, total: requests.count, at: now())
        tell(round, progress)
        for await reply in services.replies(to: requests) {
            replies[reply.index] = Self.text(of: reply)
            let first = reply.index & ~1
            if let one = replies[first], let other = replies[first + 1] {
                note(Self.points(one, other, models: models.count), one + " · " + other, at: places[first / 2])
            }
            note(&round, progress)
        }
        try Task.checkCancellation()
    }

    private mutating func note(_ points: [Double]?, _ text: String, at record: Int) {
        for model in report.models.indices {
            report.models[model].outcomes[record].judgement = Judgement(points: points?[model], text: text)
        }
    }

    /// The share of two picks that each model got, the second of them among the answers in reverse; nil unless both are.
    private static func points(_ one: String, _ other: String, models: Int) -> [Double]? {
        guard let first = Judge.pick(in: one, of: models), let last = Judge.pick(in: other, of: models) else {
            return nil
        }
        let second = models - 1 - last
        return (0..<models).map { model in Double([first, second].count { $0 == model }) / 2 }
    }

    private func question(_ prompt: String, to judge: String) -> AnswerRequest {
        AnswerRequest(
            model: judge, input: .chat([Message(role: "user", content: prompt)]), maxTokens: Judge.replyTokens,
            sampling: Sampling(temperature: 0, seed: report.request.seed))
    }

    /// What the judge said, or why it did not.
    private static func text(of reply: EvaluationServices.Reply) -> String {
        switch reply.outcome {
        case .success(let whole): AnswerText.trimmed(whole.text)
        case .failure(let error): Explanation(of: error).what.english
        }
    }
}
