import Foundation
import Synchronization
public import TuneModel

/// A base model that answers: many questions at once, each with an adapter of its own or none.
///
/// Opening it maps the model's files and reads little of them; the weights are laid out for answering when the first
/// question comes. What they are laid out in is a copy, so that a file which is cut short later takes nothing down.
public final class AnswerEngine: Sendable {
    /// What an engine may take, and how it calculates.
    public struct Options: Hashable, Sendable {
        public enum Arithmetic: Hashable, Sendable {
            /// Weights as they are stored, inputs in bytes; f32 where the CPU has nothing faster.
            case fastest
            /// Every product in f32.
            case float32
        }

        /// Nil takes every core.
        public var threads: Int?
        /// Answers at work at once; others wait.
        public var answers = 16
        /// Bytes of what is remembered of earlier prompts, so that it is not read again; 0 for nothing.
        public var prefixBytes = 256 << 20
        /// Bytes of adapters that are kept.
        public var adapterBytes = 256 << 20
        public var arithmetic = Arithmetic.fastest

        public init(threads: Int? = nil) { self.threads = threads }
    }

    /// As given.
    public let modelPath: String
    private let adapterFolder: String?
    private let base: PretrainedModel
    private let parts: Parts
    private let encoder: LazyEncoder
    private let adapters: AdapterShelf
    private let scheduler: AnswerScheduler
    private let stamps: [(path: String, stamp: FileStamp?)]
    private let options: Options

    /// Read by several threads, never changed.
    private struct Parts: @unchecked Sendable {
        let weights: LlamaWeights
    }

    /// Longest prompt and answer together that memory is laid out for, whatever the model allows.
    private static let longestSequence = 8_192

    /// Opens a model file or folder, and an adapter folder that questions go to where they name none.
    public convenience init(
        modelPath: String, adapterFolder: String? = nil, threads: Int? = nil
    ) throws(TrainerError) {
        try self.init(modelPath: modelPath, adapterFolder: adapterFolder, options: Options(threads: threads))
    }

    public init(modelPath: String, adapterFolder: String? = nil, options: Options) throws(TrainerError) {
        self.modelPath = modelPath
        self.adapterFolder = adapterFolder
        self.options = options
        let base = try PretrainedModel(path: modelPath)
        stamps = base.files.map { ($0, FileStamp(of: $0)) }
        let weights = try LlamaWeights(base)
        let parts = Parts(weights: weights)
        self.base = base
        self.parts = parts
        encoder = LazyEncoder(base, contextLength: weights.config.contextLength)
        adapters = AdapterShelf(weights.config, limit: options.adapterBytes)
        let limits = AnswerScheduler.Limits(answers: max(1, options.answers), prefixBytes: options.prefixBytes)
        let stamps = stamps
        scheduler = AnswerScheduler(
            limits: limits,
            open: { () throws(TrainerError) in
                let team = Team(size: options.threads ?? ProcessInfo.processInfo.activeProcessorCount)
                let isFast = options.arithmetic == .fastest && LlamaStrips.isWorthwhile
                let strips = isFast ? try LlamaStrips(parts.weights, on: team) : nil
                let rows = ScheduledWork.rows(limits)
                return BatchedLlama(parts.weights, strips: strips, rows: rows.all, wanted: rows.wanted, team: team)
            },
            check: { () throws(TrainerError) in try AnswerEngine.check(stamps) })
        if let adapterFolder { _ = try adapters.adapter(adapterFolder) }
    }

    /// Bytes of memory that the weights take when they are laid out.
    public var byteCount: Int { LlamaStrips.byteCount(parts.weights) }

    /// Longest prompt and answer together, in tokens.
    public var contextLength: Int { min(parts.weights.config.contextLength, Self.longestSequence) }

    /// How many tokens the model knows, and which of them end an answer.
    func vocabulary() throws(TrainerError) -> (count: Int, ends: Set<Int32>) {
        let tokenizer = try encoder.get().tokenizer
        return (tokenizer.count, tokenizer.endIDs)
    }

    /// Whether the model's files are those that were opened.
    public var isCurrent: Bool { stamps.allSatisfy { FileStamp(of: $0.path) == $0.stamp } }

    /// The tokens that an answer to this input follows, as the model reads them.
    public func tokens(of input: AnswerRequest.Input) throws(TrainerError) -> [Int32] {
        try encoder.get().encode(input)
    }

    /// Streams one answer; ending the iteration stops it.
    public func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        answer(request, adapterFolder: adapterFolder)
    }

    /// Streams one answer of the base model, or of the base model with an adapter; ending the iteration stops it.
    public func answer(
        _ request: AnswerRequest, adapterFolder: String?
    ) -> AsyncThrowingStream<AnswerPart, any Error> {
        AsyncThrowingStream { continuation in
            let place = Place()
            continuation.onTermination = { [scheduler] _ in
                guard let answer = place.leave() else { return }
                answer.cancel()
                scheduler.ring()
            }
            // A prompt may be long and an adapter large: neither is read on the caller's thread.
            DispatchQueue.global(qos: .userInitiated).async { [self] in
                do throws(TrainerError) {
                    let answer = try prepare(request, adapterFolder) { result in
                        switch result {
                        case .success(let part):
                            continuation.yield(part)
                            if case .finished = part { continuation.finish() }
                        case .failure(let error): continuation.finish(throwing: error.told)
                        }
                    }
                    if place.enter(answer) { scheduler.submit(answer) }
                } catch {
                    continuation.finish(throwing: error.told)
                }
            }
        }
    }

    /// Loss and accuracies on records in f32, on the calling thread; `progress` gets the examples done so far.
    public func evaluate(
        _ records: [Record], progress: (Int) -> Void = { _ in }
    ) throws(TrainerError) -> Evaluation {
        try evaluate(records, adapterFolder: adapterFolder, progress: progress)
    }

    /// The same for the base model, or the base model with an adapter.
    public func evaluate(
        _ records: [Record], adapterFolder: String?, progress: (Int) -> Void = { _ in }
    ) throws(TrainerError) -> Evaluation {
        let examples = try encoder.get().encode(records)
        guard examples.contains(where: { $0.trainedTokens > 0 }) else { throw .nothingToTrain }
        return try measured(examples, adapterFolder) { $0.evaluate(examples, progress: progress) }
    }

    /// How each record does that has tokens to measure, in f32, on the calling thread and in the order given; `record` is
    /// its place among them, and `step` 0. For the base model, or the base model with an adapter.
    public func losses(of records: [Record], adapterFolder: String?) throws(TrainerError) -> [RecordLoss] {
        let examples = try encoder.get().encode(records).filter { $0.trainedTokens > 0 }
        guard !examples.isEmpty else { return [] }
        return try measured(examples, adapterFolder) { $0.outcome(of: examples).examples }
            .sorted { $0.row < $1.row }.map {
                RecordLoss(record: $0.row, loss: $0.loss, tokens: $0.tokens, right: $0.rightTokens, step: 0)
            }
    }

    // MARK: -

    private func measured<Found>(
        _ examples: [Example], _ adapterFolder: String?, _ work: (Evaluator) -> Found
    ) throws(TrainerError) -> Found {
        try Self.check(stamps)
        let weights = parts.weights
        let adapter = try adapterFolder.map { folder throws(TrainerError) in
            try AdapterFile.read(folder, for: weights.config)
        }
        let longest = examples.map(\.tokens.count).max() ?? 1
        let shape = BatchShape(rows: TrainingMemory.mostRows, isKept: false)
        // A team of its own: answers go on meanwhile.
        let team = Team(size: options.threads ?? ProcessInfo.processInfo.activeProcessorCount)
        let model = Llama(weights, adapter: adapter, capacity: max(longest, shape.rows), team: team)
        return work(Evaluator(pass: BatchPass(model, shape, longest: longest)))
    }

    private func prepare(
        _ request: AnswerRequest, _ folder: String?,
        deliver: @escaping @Sendable (Result<AnswerPart, TrainerError>) -> Void
    ) throws(TrainerError) -> LiveAnswer {
        try Self.check(stamps)
        let encoder = try encoder.get()
        let prompt = try encoder.encode(request.input)
        let limit = contextLength
        guard prompt.count < limit else { throw .contextTooLong(tokens: prompt.count, limit: limit) }
        let adapter = try folder.map { folder throws(TrainerError) in try adapters.adapter(folder) }
        return try LiveAnswer(
            request, prompt: prompt, room: min(max(0, request.maxTokens), limit - prompt.count), adapter: adapter,
            tokenizer: encoder.tokenizer, deliver: deliver)
    }

    private static func check(_ stamps: [(path: String, stamp: FileStamp?)]) throws(TrainerError) {
        for (path, stamp) in stamps where FileStamp(of: path) != stamp { throw .modelFileChanged(path: path) }
    }
}

/// Where a request is on its way to the scheduler.
private final class Place: Sendable {
    private enum State {
        case preparing
        case entered(LiveAnswer)
        case left
    }

    private let state = Mutex(State.preparing)

    /// False when whoever asked is gone already.
    func enter(_ answer: LiveAnswer) -> Bool {
        state.withLock { state in
            if case .left = state { return false }
            state = .entered(answer)
            return true
        }
    }

    /// What has to be cancelled.
    func leave() -> LiveAnswer? {
        state.withLock { state in
            defer { state = .left }
            if case .entered(let answer) = state { return answer }
            return nil
        }
    }
}
