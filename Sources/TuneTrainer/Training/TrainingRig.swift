import TuneModel

/// A model set up to be trained: its adapter, the optimizer, and all memory laid out for the data at hand.
///
/// What a run takes of time and memory is found by setting up the same with fewer blocks: see `TrainingProbe`.
struct TrainingRig {
    let model: Llama
    let adapter: Adapter
    let step: TrainingStep
    let evaluator: Evaluator
    /// Nil when nothing is asked.
    let samples: SampleAnswers?

    /// `weights` and `adapter` are the material's own, or cut to the first blocks; the shape is the whole model's.
    init(
        _ plan: TrainingPlan, _ material: TrainingMaterial, _ shape: BatchShape, weights: LlamaWeights,
        adapter: Adapter, team: Team
    ) throws(TrainerError) {
        let hyperparameters = plan.hyperparameters
        let longest = material.longest
        let arithmetic = plan.arithmetic.fitting(adapter.layout.tuning)
        let bytes = LlamaBytes(weights, for: arithmetic, examples: material.examples, on: team)
        model = Llama(weights, adapter: adapter, capacity: max(longest, shape.rows), team: team, bytes: bytes)
        let pass = BatchPass(model, shape, longest: longest)
        let preference = PreferenceObjective(
            hyperparameters.method, pass: pass, start: plan.startingAdapter == nil ? nil : adapter.copy())
        self.adapter = adapter
        step = TrainingStep(
            model, adapter: adapter, pass: pass, promptLossWeight: hyperparameters.promptLossWeight,
            gradientClip: hyperparameters.gradientClip, weightDecay: hyperparameters.weightDecay,
            preference: preference, seed: hyperparameters.seed, noise: hyperparameters.noise)
        evaluator = Evaluator(pass: pass, preference: preference)
        samples = try SampleAnswers(
            hyperparameters.samplePrompts, frame: RecordFrame(of: plan.training), material.encoder, weights,
            adapter: adapter, team: team)
    }

    /// All that changes while the run goes, besides its state: the adapter first.
    func numbers(_ losses: RecordLosses) -> SealedFile.Parts {
        [
            "adapter": adapter.values, "m": step.optimizer.m.values, "v": step.optimizer.v.values,
            "record.loss": losses.loss, "record.tokens": losses.tokens, "record.right": losses.right,
            "record.step": losses.step,
        ]
    }
}
