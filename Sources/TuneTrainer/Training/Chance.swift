/// What one update leaves to chance, drawn from the run's seed and the update's number and nothing else, so that a
/// resumed run draws the same.
struct Chance {
    /// Share of the adapters' inputs left out.
    let dropout: Double
    /// Of NEFTune; see `Hyperparameters.noise`.
    let noise: Double
    private let seed: UInt64

    /// `step` counts the updates made before.
    init(seed: UInt64, step: Int, dropout: Double, noise: Double) {
        var source = SplitMix64(seed: seed &+ 0x6368_616E_6365)
        var mixed = SplitMix64(seed: source.next() &+ UInt64(step))
        self.seed = mixed.next()
        self.dropout = dropout
        self.noise = noise
    }

    /// Nil when nothing is left out.
    func dropout(for batch: PackedBatch) -> Dropout? {
        dropout > 0 ? Dropout(share: dropout, seed: seed, identities: batch.identities) : nil
    }

    /// Adds the noise to a batch's embeddings, by each sequence's own length. x: (T, C)
    func addNoise(to x: Matrix, of batch: PackedBatch, on team: Team) {
        guard noise > 0 else { return }
        let amplitudes = batch.spans.flatMap { span in
            let amplitude = Float(noise / Double(span.queries.count * x.columns).squareRoot())
            return repeatElement(amplitude, count: span.queries.count)
        }
        // Dropout's layers are counted up from the seed; its complement is none of theirs.
        TuneTrainer.addNoise(to: x, amplitudes: amplitudes, identities: batch.identities, salt: ~seed, on: team)
    }
}
