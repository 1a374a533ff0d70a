import Foundation
import TuneModel

/// What the parts of a run cost, in seconds, and what memory it lays out, in bytes.
struct TrainingCosts {
    /// Making the rig, and what only the first step does.
    var setup = 0.0
    /// An optimizer update, without the gradient.
    var update = 0.0
    /// The gradient of a group of examples, and a validation of it; of pairs, also what the reference makes of it, once.
    var gradient = 0.0
    var reference = 0.0
    var validation = 0.0
    /// Reading a sample prompt, and writing one token of its answer.
    var question = 0.0
    var answerToken = 0.0
    var bytes = 0.0

    /// Every part goes on in a straight line from what it is at two depths.
    static func line(
        _ shallow: TrainingCosts, at few: Int, _ deep: TrainingCosts, at more: Int, to depth: Int
    ) -> TrainingCosts {
        func extend(_ part: KeyPath<TrainingCosts, Double>) -> Double {
            guard more > few else { return deep[keyPath: part] }
            let slope = max(0, deep[keyPath: part] - shallow[keyPath: part]) / Double(more - few)
            return max(0, deep[keyPath: part] + slope * Double(depth - more))
        }
        return TrainingCosts(
            setup: extend(\.setup), update: extend(\.update), gradient: extend(\.gradient),
            reference: extend(\.reference), validation: extend(\.validation), question: extend(\.question),
            answerToken: extend(\.answerToken),
            bytes: extend(\.bytes))
    }
}

/// A short look at what this machine makes of a run's own examples on the model's first blocks, once with few of them
/// and once with more. All blocks cost the same, so that the two give the whole model, and the model without blocks.
struct TrainingProbe {
    /// Of the whole model, and of what is left of it without any block: embedding and head.
    let whole: TrainingCosts
    let blockless: TrainingCosts
    /// What was taken through the model.
    let group: [Example]

    /// Depths that are looked at.
    private static let depths = (few: 1, more: 5)
    /// Steps whose groups are considered.
    private static let steps = 64
    /// Tokens that show what a token costs.
    private static let enough = 384

    init(_ plan: TrainingPlan, _ material: TrainingMaterial, _ layout: AdapterLayout) throws(TrainerError) {
        let layers = material.weights.config.layers
        let shape = try material.shape(plan, layout)
        let group = Self.typicalGroup(material, shape)
        let team = Team(size: plan.teamSize)
        func adapter(_ weights: LlamaWeights) -> Adapter {
            switch layout.tuning {
            case .full:
                Adapter(AdapterLayout(config: weights.config, plan.hyperparameters), from: weights, on: team)
            case .lora:
                Adapter(
                    AdapterLayout(
                        config: weights.config, rank: layout.rank, alpha: layout.alpha, targets: layout.targets,
                        isRankStabilized: layout.isRankStabilized, dropout: layout.dropout),
                    seed: plan.hyperparameters.seed)
            }
        }
        func costs(at depth: Int) throws(TrainerError) -> TrainingCosts {
            let weights = material.weights.first(depth)
            return try Self.costs(plan, material, shape, weights, adapter(weights), group, on: team)
        }
        let (few, more) = (min(Self.depths.few, layers), min(Self.depths.more, layers))
        // What only the process's first step does, such as making code for the products, is no part of a block.
        do {
            let weights = material.weights.first(few)
            let rig = try TrainingRig(
                plan, material, shape, weights: weights, adapter: adapter(weights), team: team)
            _ = rig.step.update(with: group, rate: 0)
        }
        let deep = try costs(at: more)
        let shallow = more > few ? try costs(at: few) : deep
        whole = TrainingCosts.line(shallow, at: few, deep, at: more, to: layers)
        blockless = TrainingCosts.line(shallow, at: few, deep, at: more, to: 0)
        self.group = group
    }

    // MARK: -

    private static func costs(
        _ plan: TrainingPlan, _ material: TrainingMaterial, _ shape: BatchShape, _ weights: LlamaWeights,
        _ adapter: Adapter, _ group: [Example], on team: Team
    ) throws(TrainerError) -> TrainingCosts {
        var costs = TrainingCosts()
        let before = Memory.inUse - adapter.values.count * 4
        let start = ContinuousClock.now
        let rig = try TrainingRig(plan, material, shape, weights: weights, adapter: adapter, team: team)
        costs.setup = start.duration(to: .now) / .seconds(1)
        let first = seconds { _ = rig.step.update(with: group, rate: 0) }
        let whole = shortest { _ = rig.step.update(with: group, rate: 0) }
        costs.update = shortest { _ = rig.step.update(with: [[Example]](), rate: 0) }
        costs.gradient = max(0, whole - costs.update)
        // What only the first step does; of pairs that is, above all, to ask the reference.
        if rig.step.preference == nil {
            costs.setup += max(0, first - whole)
        } else {
            costs.reference = max(0, first - whole)
        }
        if !material.validation.isEmpty { costs.validation = shortest { _ = rig.evaluator.evaluate(group) } }
        if let samples = rig.samples { (costs.question, costs.answerToken) = samples.rehearse() }
        costs.bytes = Double(Memory.inUse - before)
        return costs
    }

    /// Of those that the first steps will take through the model, one of middling length, or the beginning of it.
    private static func typicalGroup(_ material: TrainingMaterial, _ shape: BatchShape) -> [Example] {
        var cache = BatchOrder.Cache()
        var groups: [[Example]] = []
        for step in 0..<min(steps, material.order.stepsPerEpoch) {
            for batch in material.order.batches(of: step, in: &cache) {
                groups += batch.map { material.examples[$0] }.packed(into: shape.rows)
            }
        }
        groups = groups.filter { $0.contains { $0.trainedTokens > 0 } }
        func tokens(_ group: [Example]) -> Int { group.reduce(0) { $0 + $1.size } }
        let mean = groups.reduce(0) { $0 + tokens($1) } / max(1, groups.count)
        let typical = groups.min { abs(tokens($0) - mean) < abs(tokens($1) - mean) } ?? [material.examples[0]]
        return typical.packed(into: enough)[0]
    }

    private static func seconds(_ work: () -> Void) -> Double {
        let start = ContinuousClock.now
        work()
        return start.duration(to: .now) / .seconds(1)
    }

    /// Of two: what disturbs a measurement only ever makes it longer.
    private static func shortest(_ work: () -> Void) -> Double { min(seconds(work), seconds(work)) }
}
