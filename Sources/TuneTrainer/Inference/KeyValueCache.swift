import CKernels

/// How keys and values lie in a block of 64 tokens: for every layer and key head the keys, (D, 64), then the values,
/// (64, D up to whole registers). In f16.
struct KeyValueLayout: Hashable, Sendable {
    let layers: Int
    let heads: Int
    let headSize: Int

    /// Tokens in a block.
    static let tokens = Int(tk_cached_tokens)

    init(_ config: LlamaConfig) {
        (layers, heads, headSize) = (config.layers, config.keyValueHeads, config.headSize)
    }

    /// Where a head's keys begin in a block, in numbers; and its values.
    func keys(_ layer: Int, head: Int) -> Int { (layer * heads + head) * headNumbers }
    func values(_ layer: Int, head: Int) -> Int { keys(layer, head: head) + headSize * Self.tokens }

    /// Numbers in a block.
    var numbers: Int { layers * heads * headNumbers }
    /// Bytes of a block.
    var blockBytes: Int { numbers * MemoryLayout<UInt16>.stride }

    private var headNumbers: Int { (headSize + (headSize + 15) / 16 * 16) * Self.tokens }
}

/// Keys and values of up to 64 tokens, for all layers. Those that are written stay as they are, so that sequences which
/// begin alike share whole blocks.
final class KeyValueBlock: Sendable {
    private let buffer: Buffer<UInt16>

    var base: UnsafeMutablePointer<UInt16> { buffer.base }

    init(_ layout: KeyValueLayout) {
        buffer = Buffer(zeros: layout.numbers)
    }

    /// A copy, to be continued in another way.
    init(copying other: KeyValueBlock, _ layout: KeyValueLayout) {
        buffer = Buffer(zeros: layout.numbers)
        buffer.base.update(from: other.base, count: layout.numbers)
    }
}

/// The keys and values of one sequence. It grows block by block, and gives its blocks back with its end.
final class KeyValueCache {
    let layout: KeyValueLayout
    /// Tokens whose keys and values are there.
    private(set) var count = 0
    private(set) var blocks: [KeyValueBlock] = []
    /// Where each block begins, for kernels. (blocks)
    private(set) var starts: [UnsafePointer<UInt16>?] = []

    init(_ layout: KeyValueLayout) {
        self.layout = layout
    }

    /// Goes on from the first tokens of another: whole blocks are shared, one that is cut is copied.
    init(_ layout: KeyValueLayout, first count: Int, of blocks: [KeyValueBlock]) {
        self.layout = layout
        let whole = count / KeyValueLayout.tokens
        self.blocks = Array(blocks.prefix(whole))
        if count % KeyValueLayout.tokens > 0 { self.blocks.append(KeyValueBlock(copying: blocks[whole], layout)) }
        self.count = count
        starts = self.blocks.map { UnsafePointer($0.base) }
    }

    /// Makes room for more tokens.
    func reserve(_ more: Int) {
        while blocks.count * KeyValueLayout.tokens < count + more {
            blocks.append(KeyValueBlock(layout))
            starts.append(UnsafePointer(blocks.last!.base))
        }
    }

    /// Counts tokens whose keys and values have been written.
    func advance(_ more: Int) {
        precondition(count + more <= blocks.count * KeyValueLayout.tokens)
        count += more
    }
}
