import TuneModel

/// Chosen prompts that the model at work is asked, greedily and in f32.
///
/// It works in memory of its own, so that training goes on to the same numbers whether or not it was asked.
final class SampleAnswers {
    /// Tokens of an answer, at most.
    static let limit = 64

    private let prompts: [String]
    /// What the model reads for each prompt.
    private let questions: [[Int32]]
    private let ending: String?
    private let tokenizer: Tokenizer
    private let model: Llama
    private let capacity: Int

    /// Prompts are put as the training data puts them; nil when there are none. A prompt that leaves no room for an
    /// answer is cut from the left.
    init?(
        _ prompts: [String], frame: RecordFrame, _ encoder: ExampleEncoder, _ weights: LlamaWeights,
        adapter: Adapter?, team: Team
    ) throws(TrainerError) {
        guard !prompts.isEmpty else { return nil }
        let room = max(1, weights.config.contextLength - Self.limit)
        var questions: [[Int32]] = []
        for prompt in prompts { questions.append(try encoder.encode(frame.framed(prompt)).suffix(room)) }
        self.prompts = prompts
        self.questions = questions
        ending = frame.ending
        tokenizer = encoder.tokenizer
        capacity = (questions.map(\.count).max() ?? 0) + Self.limit
        model = Llama(weights, adapter: adapter, capacity: capacity, team: team)
    }

    /// Asks every prompt.
    func ask(after step: Int) -> [SampleAnswer] {
        zip(prompts, questions).map { prompt, question in
            SampleAnswer(step: step, prompt: prompt, answer: answer(question, limit: Self.limit))
        }
    }

    /// How long the first question and a token of its answer take, in seconds.
    func rehearse() -> (question: Double, token: Double) {
        let decoder = SequenceDecoder(model, capacity: capacity)
        let start = ContinuousClock.now
        _ = decoder.advance(questions[0])
        let read = ContinuousClock.now
        let count = 8
        for _ in 0..<count { _ = decoder.advance([questions[0][0]]) }
        return (start.duration(to: read) / .seconds(1), read.duration(to: .now) / .seconds(count))
    }

    /// Continues a question by at most `limit` tokens, up to the data's ending or the model's own.
    private func answer(_ question: [Int32], limit: Int) -> String {
        let decoder = SequenceDecoder(model, capacity: capacity)
        var sampler = Sampler(Sampling(temperature: 0))
        var text = TextDecoder()
        var stops = StopFinder([ending].compactMap { $0 })
        var answer = ""
        var hasBegun = false
        var logits = decoder.advance(question)
        for count in 1...limit {
            let token = sampler.choose(logits)
            if tokenizer.endIDs.contains(token) { break }
            var piece = text.append(tokenizer.bytes(of: token))
            if !hasBegun {
                // An untrained model likes to begin with empty lines, which may be the data's ending: no answer yet.
                piece = String(piece.drop(while: \.isNewline))
                hasBegun = !piece.isEmpty
            }
            let (safe, isStopped) = stops.append(piece)
            answer += safe
            if isStopped { return answer }
            if count < limit { logits = decoder.advance([token]) }
        }
        return answer + stops.append(text.finish()).text + stops.finish()
    }
}
