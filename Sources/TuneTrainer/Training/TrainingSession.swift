import Foundation
import TuneModel

/// A run at work: the model in memory, the data encoded, and where it stands.
final class TrainingSession {
    private(set) var state: Checkpoint.State
    let totalSteps: Int

    /// Whether the newest step should not be lost.
    private(set) var wantsCheckpoint = false

    private let plan: TrainingPlan
    private var news: [TrainingNews] = []
    private let examples: ExampleStore
    private let validation: [Example]
    private let adapter: Adapter
    private let step: TrainingStep
    private let evaluator: Evaluator
    private let order: BatchOrder
    private var orderCache = BatchOrder.Cache()
    private let schedule: Schedule
    private let checkpoint: Checkpoint
    private let files: TrainedFiles
    private var pace = Pace()
    /// Of the first step that this process made, and of the newest.
    private var losses: (first: Double, last: Double)?

    /// Held-out examples that one validation looks at, at most.
    private static let validationLimit = 256

    init(_ plan: TrainingPlan) throws(TrainerError) {
        let hyperparameters = plan.hyperparameters
        AtomicFile.removeDrafts(in: plan.folder)
        let base = try PretrainedModel(path: plan.modelPath)
        let weights = try LlamaWeights(base)
        let encoder = try ExampleEncoder(base, contextLength: weights.config.contextLength)
        let examples = try ExampleStore(plan.training, encoder, for: hyperparameters.method, folder: plan.folder)
        let validation = Array(
            try encoder.encode(plan.validation, for: hyperparameters.method).prefix(Self.validationLimit))
        guard examples.trainedTokens > 0 else { throw .nothingToTrain }

        let longest = validation.map(\.size).reduce(examples.longest) { max($0, $1) }
        files = TrainedFiles(base: base, baseName: plan.modelName, folder: plan.folder)
        let team = Team(size: plan.threads ?? ProcessInfo.processInfo.activeProcessorCount)
        let layout = AdapterLayout(config: weights.config, hyperparameters)
        // Weights that change cannot be cut to bytes once and for all.
        let arithmetic = layout.tuning == .full ? .float32 : plan.arithmetic
        let memory = TrainingMemory(
            config: weights.config, layout: layout, modelBytes: base.byteCount, arithmetic: arithmetic,
            threads: team.size, longest: longest,
            largestBatch: examples.tokensOfLongest(hyperparameters.batchSize))
        if layout.tuning == .full, let folder = plan.startingAdapter { throw .fullTuningOfAdapter(path: folder) }
        let shape = try memory.shape(
            limitMB: hyperparameters.memoryLimitMB,
            availableMB: layout.tuning == .full ? MachineMemory.availableMB : nil)
        if layout.tuning == .full {
            adapter = Adapter(layout, from: weights, on: team)
        } else if let folder = plan.startingAdapter {
            adapter = try AdapterFile.read(folder, for: weights.config).withDropout(hyperparameters.loraDropout)
        } else {
            adapter = Adapter(layout, seed: hyperparameters.seed)
        }
        let bytes = LlamaBytes(weights, for: arithmetic, examples: examples, on: team)
        let model = Llama(weights, adapter: adapter, capacity: max(longest, shape.rows), team: team, bytes: bytes)
        let pass = BatchPass(model, shape, longest: longest)
        let preference = PreferenceObjective(
            hyperparameters.method, pass: pass, start: plan.startingAdapter == nil ? nil : adapter.copy())
        step = TrainingStep(
            model, adapter: adapter, pass: pass, promptLossWeight: hyperparameters.promptLossWeight,
            gradientClip: hyperparameters.gradientClip, preference: preference, seed: hyperparameters.seed,
            noise: hyperparameters.noise)
        evaluator = Evaluator(pass: pass, preference: preference)
        self.plan = plan
        self.examples = examples
        self.validation = validation
        order = BatchOrder(
            examples: examples.count, batchSize: hyperparameters.batchSize, seed: hyperparameters.seed)
        totalSteps = hyperparameters.totalSteps(examples: examples.count)
        schedule = Schedule(
            peak: hyperparameters.learningRate, warmupShare: hyperparameters.warmupShare, totalSteps: totalSteps)
        checkpoint = Checkpoint(folder: "\(plan.folder)/checkpoints")

        let fingerprint = try Self.fingerprint(plan, base, examples, validation)
        let found = checkpoint.restore(adapter, step.optimizer, fingerprint: fingerprint)
        state =
            found
            ?? Checkpoint.State(
                fingerprint: fingerprint, step: 0, elapsedTokens: 0, elapsedExamples: 0, trainedTokens: 0)
        describe(examples, resumed: found != nil)
    }

    /// One update, with validation where it is due.
    func makeStep() throws(TrainerError) -> StepMetrics {
        let rows = order.rows(of: state.step, in: &orderCache)
        let rate = schedule.rate(at: state.step)
        pace.begin()
        let outcome = step.update(with: rows.map { examples[$0] }, rate: rate)
        pace.end(tokens: outcome.batch.tokens)
        guard outcome.batch.loss.isFinite, outcome.gradientNorm.isFinite else {
            throw .notFiniteLoss(step: state.step + 1, rows: rows.sorted())
        }
        losses = (losses?.first ?? outcome.batch.loss, outcome.batch.loss)
        state.step += 1
        state.elapsedTokens += outcome.batch.tokens
        state.elapsedExamples += outcome.batch.examples
        state.trainedTokens += outcome.batch.trainedTokens
        let validated = try validateIfDue()
        return StepMetrics(
            step: state.step, totalSteps: totalSteps, epoch: Double(state.elapsedExamples) / Double(examples.count),
            elapsedTokens: state.elapsedTokens, elapsedExamples: state.elapsedExamples,
            trainingLoss: outcome.batch.loss, trainingTokenAccuracy: outcome.batch.tokenAccuracy,
            trainingSequenceAccuracy: outcome.batch.sequenceAccuracy,
            trainingEndingAccuracy: outcome.batch.endingAccuracy, validation: validated, learningRate: rate,
            gradientNorm: outcome.gradientNorm, tokensPerSecond: pace.tokensPerSecond,
            secondsLeft: pace.secondsAStep * Double(totalSteps - state.step), peakMemoryMB: ProcessMemory.peakMB)
    }

    /// What there is to tell since the last call.
    func takeNews() -> [TrainingNews] {
        defer { news = [] }
        return news
    }

    func writeCheckpoint() throws(TrainerError) {
        wantsCheckpoint = false
        try checkpoint.write(state, adapter, step.optimizer)
    }

    /// Puts what is to be delivered into the job's folder: the best by validation, else the last; the last one beside it.
    func deliver() throws(TrainerError) -> Delivery {
        warnOfDivergence()
        guard let best = state.bestStep, let loss = state.bestLoss, best != state.step else {
            tell("Delivered what the last step, \(state.step), had learned.", "交付的是最后一步（第 \(state.step) 步）的成果。")
            return try files.deliver(adapter)
        }
        _ = try files.deliver(adapter, suffix: "-last")
        tell(
            "Delivered what step \(best) had learned, which had the best validation loss (\(loss.shown)); the last one is kept beside it.",
            "交付的是第 \(best) 步的成果，其验证损失最低（\(loss.shown)）；最后一步的成果也一并保留。")
        return try files.deliver(files.best(adapter.layout))
    }

    // MARK: -

    /// Ten times in a run, and at its end.
    private func validateIfDue() throws(TrainerError) -> Evaluation? {
        guard !validation.isEmpty else { return nil }
        let interval = max(1, totalSteps / 10)
        guard state.step % interval == 0 || state.step == totalSteps else { return nil }
        let result = evaluator.evaluate(validation)
        if result.loss < state.bestLoss ?? .infinity {
            state.bestLoss = result.loss
            state.bestStep = state.step
            try files.keepBest(adapter)
            // Soon after it, so that after a crash the best adapter and what is known of it agree; but not before the
            // step is told, which a run that is resumed behind it would never do.
            wantsCheckpoint = true
        }
        return result
    }

    private func warnOfDivergence() {
        guard let losses else { return }
        let rate = plan.hyperparameters.learningRate
        if let warning = Self.divergence(from: losses.first, to: losses.last, rate: rate) {
            news.append(.message(warning, .warn))
        }
    }

    /// What to tell of a loss that ends a nat above where it began: the model has not learned but broken.
    static func divergence(from first: Double, to last: Double, rate: Double) -> Wording? {
        guard last > first + 1 else { return nil }
        return Wording(
            "The loss rose from \(first.shown) to \(last.shown): the learning rate \(rate) is too high. Try a tenth of it, or less.",
            "损失从 \(first.shown) 升到 \(last.shown)：学习率 \(rate) 过高。请试试它的十分之一或更小。")
    }

    private func describe(_ examples: ExampleStore, resumed: Bool) {
        let (tokens, trained) = (examples.tokenCount, examples.trainedTokens)
        let (cut, cutAnswers) = (examples.cutCount, examples.cutAnswers)
        news.append(
            .read(
                TrainingFacts(
                    examples: examples.count, validationExamples: validation.count, tokens: tokens,
                    trainedTokens: trained, cutPrompts: cut - cutAnswers, cutAnswers: cutAnswers,
                    contextLength: step.model.config.contextLength)))
        tell(
            "\(tokens.grouped) tokens in an epoch, \(trained.grouped) of them learned; \(totalSteps.grouped) \(totalSteps == 1 ? "step" : "steps") of \(plan.hyperparameters.batchSize).",
            "每遍 \(tokens.grouped) 个词元，学习其中 \(trained.grouped) 个；共 \(totalSteps.grouped) 步，每步 \(plan.hyperparameters.batchSize) 个样本。"
        )
        if cut > 0 {
            let cutRecords = Wording(
                "\(cut.grouped) \(cut == 1 ? "record is" : "records are") longer than the model's context, and cut from the left.",
                "\(cut) 条记录超出模型上下文长度，已从左侧截断。")
            news.append(.message(cutRecords, .warn))
        }
        if resumed {
            tell("Resumed after step \(state.step).", "已从第 \(state.step) 步之后继续。")
        }
    }

    private func tell(_ english: String, _ chinese: String) {
        news.append(.message(Wording(english, chinese), .info))
    }

    /// Tells apart work that a checkpoint may not be moved between.
    private static func fingerprint(
        _ plan: TrainingPlan, _ base: PretrainedModel, _ examples: ExampleStore, _ validation: [Example]
    ) throws(TrainerError) -> String {
        var hash = Fingerprint()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        hash.combine(String(decoding: try! encoder.encode(plan.hyperparameters), as: UTF8.self))
        hash.combine(plan.startingAdapter ?? "")
        hash.combine(plan.arithmetic.rawValue)
        hash.combine(try base.fingerprint())
        func combine(_ example: Example) {
            for side in example.sides { side.tokens.withUnsafeBytes { hash.combine($0) } }
            hash.combine(UInt64(example.trainedTokens))
        }
        examples.forEach(combine)
        validation.forEach(combine)
        return hash.text
    }
}

extension Double {
    /// Three digits after the point, for messages.
    fileprivate var shown: String { String(format: "%.3f", self) }
}
