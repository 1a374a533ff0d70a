import Foundation
import Synchronization
public import TuneModel

/// A model that answers: base weights and, if given, an adapter on top of them. Questions are answered one at a time.
public final class AnswerEngine: Sendable {
    private let opened: Opened
    /// Held by the one answer or evaluation that is at work.
    private let turn = Mutex(())
    private let tokenizer: Tokenizer
    private let encoder: ExampleEncoder

    /// What only one answer at a time may touch: whoever holds `turn`.
    private struct Opened: @unchecked Sendable {
        let weights: LlamaWeights
        let adapter: Adapter?
        let team: Team
    }

    /// Longest prompt and answer together that memory is laid out for, whatever the model allows.
    private static let longestSequence = 8_192

    /// Opens a model file and an adapter folder. `threads` nil takes every core.
    public init(modelPath: String, adapterFolder: String?, threads: Int? = nil) throws(TrainerError) {
        let base = try PretrainedModel(path: modelPath)
        let weights = try LlamaWeights(base)
        let encoder = try ExampleEncoder(base, contextLength: weights.config.contextLength)
        self.encoder = encoder
        tokenizer = encoder.tokenizer
        let adapter = try adapterFolder.map { folder throws(TrainerError) in
            try AdapterFile.read(folder, for: weights.config)
        }
        let team = Team(size: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        opened = Opened(weights: weights, adapter: adapter, team: team)
    }

    /// Streams one answer on a thread of its own; ending the iteration stops it.
    public func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        AsyncThrowingStream { continuation in
            let isCancelled = Flag()
            continuation.onTermination = { _ in isCancelled.raise() }
            let thread = Thread { [self] in
                do throws(TrainerError) {
                    try produce(request, isCancelled: { isCancelled.isRaised }) { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            thread.name = "answer"
            thread.stackSize = 1 << 22
            thread.start()
        }
    }

    /// Loss and accuracies on records, on the calling thread; `progress` gets the examples done so far.
    public func evaluate(_ records: [Record], progress: (Int) -> Void = { _ in }) throws(TrainerError) -> Evaluation {
        let examples = try encoder.encode(records)
        guard examples.contains(where: { $0.trainedTokens > 0 }) else { throw .nothingToTrain }
        return measured(examples) { $0.evaluate(examples, progress: progress) }
    }

    /// How each record does that has tokens to measure, on the calling thread, in the order given; `record` is its place
    /// among them, and `step` 0.
    public func losses(of records: [Record]) throws(TrainerError) -> [RecordLoss] {
        let examples = try encoder.encode(records).filter { $0.trainedTokens > 0 }
        guard !examples.isEmpty else { return [] }
        return measured(examples) { $0.outcome(of: examples).examples }.sorted { $0.row < $1.row }.map {
            RecordLoss(record: $0.row, loss: $0.loss, tokens: $0.tokens, right: $0.rightTokens, step: 0)
        }
    }

    // MARK: -

    private func measured<Found: Sendable>(_ examples: [Example], _ work: (Evaluator) -> Found) -> Found {
        let longest = examples.map(\.tokens.count).max() ?? 1
        let shape = BatchShape(rows: TrainingMemory.mostRows, isKept: false)
        return turn.withLock { _ in
            let model = Llama(
                opened.weights, adapter: opened.adapter, capacity: max(longest, shape.rows), team: opened.team
            )
            return work(Evaluator(pass: BatchPass(model, shape, longest: longest)))
        }
    }

    private func produce(
        _ request: AnswerRequest, isCancelled: () -> Bool, _ yield: (AnswerPart) -> Void
    ) throws(TrainerError) {
        let prompt = try encoder.encode(request.input)
        let result = turn.withLock { _ in
            Result { () throws(TrainerError) in try produce(request, prompt, isCancelled: isCancelled, yield) }
        }
        try result.get()
    }

    private func produce(
        _ request: AnswerRequest, _ prompt: [Int32], isCancelled: () -> Bool, _ yield: (AnswerPart) -> Void
    ) throws(TrainerError) {
        let limit = min(opened.weights.config.contextLength, Self.longestSequence)
        guard prompt.count < limit else { throw .contextTooLong(tokens: prompt.count, limit: limit) }
        let room = min(max(0, request.maxTokens), limit - prompt.count)
        let capacity = prompt.count + room
        let model = Llama(opened.weights, adapter: opened.adapter, capacity: capacity, team: opened.team)
        let decoder = SequenceDecoder(model, capacity: capacity)
        var writer = AnswerWriter(request, tokenizer: tokenizer, room: room)
        var logits = decoder.advance(prompt)
        let start = ContinuousClock.now
        while !isCancelled(), let token = writer.take(logits, yield) { logits = decoder.advance([token]) }
        writer.finish(yield)
        let elapsed = start.duration(to: .now) / .seconds(1)
        yield(
            .finished(
                AnswerSummary(
                    finish: writer.end == .length ? .length : .stop, promptTokens: prompt.count,
                    completionTokens: writer.count, tokensPerSecond: elapsed > 0 ? Double(writer.count) / elapsed : 0)))
    }
}

/// A flag that any thread may raise.
private final class Flag: Sendable {
    private let state = Atomic(false)
    var isRaised: Bool { state.load(ordering: .relaxed) }
    func raise() { state.store(true, ordering: .relaxed) }
}
