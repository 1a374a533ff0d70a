import Foundation
import TuneModel

/// How many tokens go through the model at once while it trains.
struct BatchShape: Hashable {
    /// Tokens that examples are packed into; a longer example goes alone.
    let rows: Int
    /// Whether what the blocks computed is kept for the way back, rather than computed again.
    let isKept: Bool

    /// Tokens whose activations are kept.
    var keptRows: Int { isKept ? rows : 0 }
}

/// What a run takes of memory, before it takes it.
///
/// The shape of the batches follows from the sizes, the limit and the machine's memory alone, never from what happens
/// to be free: a run that is resumed must add up its sums in the same order.
struct TrainingMemory {
    let config: LlamaConfig
    let layout: AdapterLayout
    /// Of the base model's files.
    let modelBytes: Int
    let arithmetic: TrainingArithmetic
    let threads: Int
    /// The longest example in tokens.
    let longest: Int
    /// Tokens of the largest batch of a step.
    let largestBatch: Int
    /// Whether the model is also measured or asked, which goes by the weights as the files have them.
    var readsFiles = false

    /// More tokens at once are no faster.
    static let mostRows = 512
    /// Fewer are clearly slower.
    private static let fewestRows = 64
    private static let rowStep = 64
    /// The program itself, its libraries, and the tokenizer's tables for each token of the vocabulary, in bytes.
    private static let program = 34_000_000
    private static let perToken = 600

    /// The best shape within the limit; without one, within most of the machine's memory where that is possible.
    ///
    /// `availableMB` is what must do for the leanest shape at least; nil takes the risk.
    func shape(limitMB: Int?, availableMB: Int? = nil) throws(TrainerError) -> BatchShape {
        let shapes = self.shapes
        let room = limitMB ?? Int(Double(ProcessInfo.processInfo.physicalMemory) * 0.6 / 1e6)
        let leanest = shapes[shapes.count - 1]
        let needed = megabytes(leanest)
        if let limitMB, needed > limitMB { throw .memoryLimit(neededMB: needed, limitMB: limitMB) }
        if let availableMB, needed > availableMB {
            throw .notEnoughMemory(neededMB: needed, availableMB: availableMB)
        }
        return shapes.first { megabytes($0) <= room } ?? leanest
    }

    /// Peak memory of the process in MB (10⁶ bytes), rounded up.
    func megabytes(_ shape: BatchShape) -> Int { (bytes(shape) + 999_999) / 1_000_000 }

    // MARK: -

    /// From the fastest to the leanest: everything kept, of ever fewer tokens; then computed again.
    private var shapes: [BatchShape] {
        let most = min(Self.mostRows, max(largestBatch, 1))
        let kept = stride(from: Self.mostRows, through: Self.fewestRows, by: -Self.rowStep)
            .filter { $0 < most }.map { BatchShape(rows: $0, isKept: true) }
        let again = [Self.mostRows, Self.fewestRows * 2, 1].map { BatchShape(rows: min($0, most), isKept: false) }
        return [BatchShape(rows: most, isKept: true)] + kept + again
    }

    private func bytes(_ shape: BatchShape) -> Int {
        let rows = max(shape.rows, longest)
        let isInBytes = arithmetic == .int8
        // With weights in bytes only the embedding and one block of the files are at hand at a time.
        let parameters = config.layers * config.blockParameters + config.vocabulary * config.hidden
        let files =
            isInBytes && !readsFiles
            ? modelBytes * (config.vocabulary * config.hidden + config.blockParameters) / parameters : modelBytes
        let weights = isInBytes ? parameters : 0
        let sharedRows = shape.rows > shape.keptRows || longest > shape.keptRows ? rows : 0
        let activations =
            (shape.keptRows * config.layers + sharedRows) * config.blockNumbers(rank: layout.rank)
            + rows * ((config.layers + 1) * config.hidden + config.passingNumbers(rank: layout.rank))
            + threads * 256 * rows
        let head =
            isInBytes
            ? HeadScratch.rows * config.vocabulary
            : 4 * (HeadScratch.rows * config.vocabulary + HeadScratch.tokens * config.hidden)
        return Self.program + Self.perToken * config.vocabulary + files + weights + 4 * activations + head
            + 16 * layout.count
    }
}

extension LlamaConfig {
    /// Numbers in the linear layers of one block.
    var blockParameters: Int {
        LoRATarget.allCases.reduce(0) { sum, target in
            let (outputs, inputs) = target.shape(in: self)
            return sum + outputs * inputs
        }
    }

    /// Numbers that a block keeps for each token; see `LayerActivations`.
    fileprivate func blockNumbers(rank: Int) -> Int {
        let heads = hasHeadNorms ? queryWidth + keyValueWidth : 0
        return 2 + 2 * queryWidth + 2 * keyValueWidth + heads + hidden + 2 * feedForward
            + LoRATarget.allCases.count * rank
    }

    /// Numbers that pass through a block for each token; see `LayerScratch`, `GradientScratch` and `LinearScratch`.
    fileprivate func passingNumbers(rank: Int) -> Int {
        3 * hidden + 2 * queryWidth + 2 * keyValueWidth + 3 * feedForward + headSize + rank
    }
}
