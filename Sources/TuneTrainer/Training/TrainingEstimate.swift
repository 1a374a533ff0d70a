import Foundation
import TuneModel

/// What a run will take, found by encoding its data and taking a little of it through the model's first blocks.
public struct TrainingEstimate: Hashable, Sendable {
    public let examples: Int
    public let steps: Int
    /// Tokens in one pass over the data, prompts included.
    public let tokensPerEpoch: Int
    /// Tokens of the whole run, prompts and repeats included.
    public let tokens: Int
    /// Tokens with a loss over the whole run, repeats included.
    public let trainedTokens: Int
    /// Records that are longer than the model's context and will be cut.
    public let cutExamples: Int
    /// From start to delivery, if the run does not stop early.
    public let seconds: Double
    /// Of these, what validations and sample answers take.
    public let validationSeconds: Double
    public let sampleSeconds: Double
    /// Tokens that a training step takes in a second, prompts included.
    public let tokensPerSecond: Double
    /// Peak memory of the process, in MB (10⁶ bytes).
    public let memoryMB: Double
    /// What the job will leave on disk: checkpoints and adapters, in MB.
    public let diskMB: Double

    /// Takes a second or two.
    public init(of plan: TrainingPlan) throws(TrainerError) {
        let start = ContinuousClock.now
        let material = try TrainingMaterial(plan)
        let layout = try material.layout(plan)
        let encoding = start.duration(to: .now) / .seconds(1)
        let probe = try TrainingProbe(plan, material, layout)
        let hyperparameters = plan.hyperparameters
        let steps = material.steps
        let validation = Validation(material.validation, hyperparameters, totalSteps: steps)
        let work = Work(material)

        examples = material.examples.count
        self.steps = steps
        tokensPerEpoch = material.examples.tokenCount
        tokens = work.tokens
        trainedTokens = work.trained
        cutExamples = material.examples.cutCount

        let (whole, blockless, group) = (probe.whole, probe.blockless, Work(probe.group))
        let training =
            Double(steps) * whole.update + work.seconds(whole.gradient, blockless.gradient, of: group)
            + work.met(of: Work(material.examples)).seconds(whole.reference, blockless.reference, of: group)
        let held = Work(validation.examples)
        validationSeconds =
            Double(validation.count(after: 0)) * held.seconds(whole.validation, blockless.validation, of: group)
        let answerTokens = min(SampleAnswers.limit, work.trained / max(1, work.examples))
        sampleSeconds =
            Double(hyperparameters.samplePrompts.count * (validation.count(after: 0) + 1))
            * (whole.question + Double(answerTokens) * whole.answerToken)
        seconds = encoding + whole.setup + training + validationSeconds + sampleSeconds
        tokensPerSecond = Double(work.tokens) / training
        let losses = RecordLosses(records: examples)
        let shape = try material.shape(plan, layout)
        memoryMB = Double(material.memory(plan, layout).megabytes(shape)) + Self.texts(plan) / 1e6
        let rest = try Self.rest(material.base, layout)
        diskMB = Self.disk(layout, losses, rest: rest, isValidated: !validation.isEmpty) / 1e6
    }

    /// Bytes of the records' texts, which stay in memory.
    private static func texts(_ plan: TrainingPlan) -> Double {
        Double((plan.training + plan.validation).reduce(0) { $0 + $1.bytes })
    }

    /// What a delivered model takes over from its base; an adapter takes nothing.
    private static func rest(_ base: PretrainedModel, _ layout: AdapterLayout) throws(TrainerError) -> Int {
        guard layout.tuning == .full else { return 0 }
        var bytes = base.byteCount
        for site in layout.sites { bytes -= try base.tensor(.weight(layer: site.layer, site.target)).bytes.count }
        return bytes
    }

    /// Two checkpoints and what is delivered; with validation also the best so far, and the last beside it.
    private static func disk(_ layout: AdapterLayout, _ losses: RecordLosses, rest: Int, isValidated: Bool) -> Double {
        let numbers = 4 * layout.count
        let checkpoint = 3 * numbers + losses.byteCount
        return Double(2 * checkpoint + (isValidated ? numbers : 0) + (isValidated ? 2 : 1) * (numbers + rest))
    }
}

/// An amount of tokens to take through the model.
private struct Work {
    var tokens = 0
    var trained = 0
    var examples = 0

    init(_ examples: [Example]) {
        for example in examples { add(example) }
    }

    /// Those of one pass.
    init(_ store: ExampleStore) {
        (tokens, trained, examples) = (store.tokenCount, store.trainedTokens, store.count)
    }

    /// Those of a whole run.
    init(_ material: TrainingMaterial) {
        let (order, steps) = (material.order, material.steps)
        let pass = Work(material.examples)
        let passes = steps / order.stepsPerEpoch
        tokens = passes * pass.tokens
        trained = passes * pass.trained
        examples = passes * pass.examples
        var cache = BatchOrder.Cache()
        for step in passes * order.stepsPerEpoch..<steps {
            for row in order.rows(of: step, in: &cache) { add(material.examples[row]) }
        }
    }

    private mutating func add(_ example: Example) {
        tokens += example.size
        trained += example.trainedTokens
        examples += 1
    }

    /// As much of all records as a run of this much work meets.
    func met(of all: Work) -> Work { examples < all.examples ? self : all }

    /// Blocks cost by the token, the head by the trained token; both were seen on a group.
    func seconds(_ whole: Double, _ blockless: Double, of group: Work) -> Double {
        let blocks = max(0, whole - blockless)
        return blocks * Double(tokens) / Double(max(1, group.tokens))
            + blockless * Double(trained) / Double(max(1, group.trained))
    }
}

extension Record {
    /// Of its texts, in UTF-8.
    fileprivate var bytes: Int {
        func size(_ messages: [Message]) -> Int { messages.reduce(0) { $0 + $1.content.utf8.count } }
        switch self {
        case .completion(let prompt, let completion): return prompt.utf8.count + completion.utf8.count
        case .chat(let messages): return size(messages)
        case .preference(let input, let preferred, let rejected):
            return size(input) + size(preferred) + size(rejected)
        }
    }
}
