import TuneModel

/// Continues one sequence token by token, keeping keys and values of what came before.
final class SequenceDecoder {
    let model: Llama
    /// Tokens taken in so far.
    private(set) var position = 0
    private let capacity: Int
    /// (capacity, K·D) for every block.
    private let keys: [Matrix]
    private let values: [Matrix]
    private let activations: LayerActivations
    private let scratch: LayerScratch
    private let headScratch: HeadScratch
    private let streams: [Matrix]
    /// (1, V)
    private let logits: Matrix

    /// Prompt tokens taken in at a time.
    private static let chunk = 256

    /// `capacity` is the longest sequence in tokens.
    init(_ model: Llama, capacity: Int) {
        let config = model.config
        let rows = min(capacity, Self.chunk)
        self.model = model
        self.capacity = capacity
        keys = (0..<config.layers).map { _ in Matrix(zeros: capacity, config.keyValueWidth) }
        values = (0..<config.layers).map { _ in Matrix(zeros: capacity, config.keyValueWidth) }
        activations = LayerActivations(
            rows: rows, config: config, rank: model.adapter?.layout.rank ?? 1,
            keysAndValues: (k: keys[0][rows: 0..<rows], v: values[0][rows: 0..<rows]))
        scratch = LayerScratch(rows: rows, config: config)
        headScratch = HeadScratch(model)
        streams = [Matrix(zeros: rows, config.hidden), Matrix(zeros: rows, config.hidden)]
        logits = Matrix(zeros: 1, config.vocabulary)
    }

    /// Takes in tokens and returns the logits of what follows, (1, V); the next call writes over them.
    func advance(_ tokens: [Int32]) -> Matrix {
        precondition(!tokens.isEmpty && position + tokens.count <= capacity)
        for start in stride(from: 0, to: tokens.count, by: Self.chunk) {
            take(Array(tokens[start..<min(start + Self.chunk, tokens.count)]))
        }
        return logits
    }

    private func take(_ tokens: [Int32]) {
        let rows = tokens.count
        let config = model.config
        let places = position..<position + rows
        let positions = places.map(Int32.init)
        let span = AttentionSpan(queries: 0..<rows, firstKey: 0, first: position)
        embed(into: streams[0][rows: 0..<rows], tokens, model.weights.embedding, on: model.team)
        for layer in 0..<config.layers {
            let cached = LayerActivations(
                activations.first(rows), k: keys[layer][rows: places], v: values[layer][rows: places])
            model.blockForward(
                layer, into: streams[(layer + 1) % 2][rows: 0..<rows], streams[layer % 2][rows: 0..<rows], cached,
                scratch: scratch.first(rows), positions: positions, spans: [span], keys: keys[layer],
                values: values[layer])
        }
        position += rows
        let last = streams[config.layers % 2][rows: rows - 1..<rows]
        model.nextTokenLogits(into: logits, last, scratch: headScratch)
    }
}
