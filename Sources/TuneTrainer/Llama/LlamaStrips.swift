import Synchronization
import TuneModel

/// All weights of a model as answering reads them: copies in one stretch of memory, in the order of their use.
final class LlamaStrips: Sendable {
    private let layers: [[LoRATarget: StripMatrix]]
    /// (V, C)
    let embedding: StripMatrix
    /// (V, C); the embedding itself where the model ties them.
    let head: StripMatrix
    /// Bytes in memory.
    let byteCount: Int
    /// Bytes that every step reads: all but an embedding of its own.
    let bytesRead: Int

    /// Whether products with strips are faster than in f32 on this CPU.
    static var isWorthwhile: Bool { stripLevel > 0 }

    /// Bytes that the strips of a model take.
    static func byteCount(_ weights: LlamaWeights) -> Int {
        plan(weights).reduce(0) { $0 + StripMatrix.byteCount($1) }
    }

    /// Reads the model's files anew; an error when one of them has been cut short.
    init(_ weights: LlamaWeights, on team: Team) throws(TrainerError) {
        let sources = Self.plan(weights)
        byteCount = Self.byteCount(weights)
        let memory = Memory(bytes: byteCount, isHuge: true)
        var (matrices, offset): ([StripMatrix], Int) = ([], 0)
        for source in sources {
            matrices.append(StripMatrix(source, in: memory, at: offset))
            offset += StripMatrix.byteCount(source)
        }
        let places = sources.indices.flatMap { index in
            stride(from: 0, to: matrices[index].stripCount, by: Self.grain).map { (index, $0) }
        }
        let fault = Mutex<TrainerError?>(nil)
        let filled = matrices
        team.each(places.count) { item, _ in
            let (index, first) = places[item]
            let matrix = filled[index]
            do throws(TrainerError) {
                try matrix.fill(first..<min(first + Self.grain, matrix.stripCount), from: sources[index])
            } catch {
                fault.withLock { $0 = error }
            }
        }
        if let fault = fault.withLock({ $0 }) { throw fault }
        let targets = LoRATarget.allCases
        layers = (0..<weights.config.layers).map { layer in
            Dictionary(uniqueKeysWithValues: targets.indices.map { (targets[$0], filled[layer * targets.count + $0]) })
        }
        head = matrices[weights.config.layers * targets.count]
        embedding = matrices.last!
        bytesRead = weights.config.tiesHead ? byteCount : byteCount - StripMatrix.byteCount(weights.embedding)
    }

    subscript(layer: Int, target: LoRATarget) -> StripMatrix { layers[layer][target]! }

    // MARK: -

    /// Strips laid out at a time.
    private static let grain = 8

    /// The matrices in the order of their use, the embedding last where it is not the head.
    private static func plan(_ weights: LlamaWeights) -> [WeightMatrix] {
        let blocks = weights.layers.flatMap { layer in LoRATarget.allCases.map { layer[$0] } }
        return blocks + [weights.head] + (weights.config.tiesHead ? [] : [weights.embedding])
    }
}
