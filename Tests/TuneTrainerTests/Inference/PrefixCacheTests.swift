import Testing

@testable import TuneTrainer

struct PrefixCacheTests {
    private let layout = KeyValueLayout(try! TinyLlama("tiny_tied").weights.config)

    /// A cache of so many tokens, in whose first number each block has its own mark.
    private func cache(_ count: Int, mark: UInt16 = 1) -> KeyValueCache {
        let cache = KeyValueCache(layout)
        cache.reserve(count)
        cache.advance(count)
        for (index, block) in cache.blocks.enumerated() { block.base[0] = mark + UInt16(index) }
        return cache
    }

    private func tokens(_ count: Int, from first: Int32 = 0) -> [Int32] { (0..<Int32(count)).map { first + $0 } }

    @Test func theLongestBeginningIsFound() {
        var prefixes = PrefixCache(layout, limit: 1 << 30)
        prefixes.keep(tokens(100), cache(100), adapter: nil)
        prefixes.keep(tokens(30) + tokens(80, from: 500), cache(110, mark: 50), adapter: nil)
        #expect(prefixes.match(tokens(200), adapter: nil) == 100)
        #expect(prefixes.match(tokens(30) + tokens(10, from: 500), adapter: nil) == 40)
        #expect(prefixes.match(tokens(9, from: 7), adapter: nil) == 0)
        #expect(prefixes.match(tokens(200), adapter: "other") == 0)
    }

    /// A block that is whole is the same memory; one that is cut can be continued in two ways.
    @Test func wholeBlocksAreSharedAndCutOnesCopied() {
        var prefixes = PrefixCache(layout, limit: 1 << 30)
        let first = cache(100)
        prefixes.keep(tokens(100), first, adapter: nil)
        let second = prefixes.take(tokens(90), adapter: nil)
        #expect(second.count == 90)
        #expect(second.blocks[0] === first.blocks[0])
        #expect(second.blocks[1] !== first.blocks[1] && second.blocks[1].base[0] == first.blocks[1].base[0])
        let exact = prefixes.take(tokens(64), adapter: nil)
        #expect(exact.blocks.count == 1 && exact.blocks[0] === first.blocks[0])
    }

    @Test func itKeepsToItsBoundAndForgetsWhatWasUsedLongestAgo() {
        var prefixes = PrefixCache(layout, limit: 4 * layout.blockBytes)
        for index in 0..<3 { prefixes.keep(tokens(100, from: Int32(index) * 1_000), cache(100), adapter: nil) }
        #expect(prefixes.byteCount <= 4 * layout.blockBytes)
        #expect(prefixes.match(tokens(100), adapter: nil) == 0)
        #expect(prefixes.match(tokens(100, from: 2_000), adapter: nil) == 100)
        _ = prefixes.take(tokens(100, from: 1_000), adapter: nil)
        prefixes.keep(tokens(100, from: 9_000), cache(100), adapter: nil)
        #expect(prefixes.match(tokens(100, from: 1_000), adapter: nil) == 100)
        #expect(prefixes.match(tokens(100, from: 2_000), adapter: nil) == 0)
    }

    @Test func whatGrowsTakesThePlaceOfItsBeginning() {
        var prefixes = PrefixCache(layout, limit: 1 << 30)
        let growing = cache(64)
        prefixes.keep(tokens(64), growing, adapter: nil)
        growing.reserve(6)
        growing.advance(6)
        prefixes.keep(tokens(70), growing, adapter: nil)
        #expect(prefixes.byteCount == 2 * layout.blockBytes)
        #expect(prefixes.match(tokens(80), adapter: nil) == 70)
    }

    @Test func aBoundOfNothingKeepsNothing() {
        var prefixes = PrefixCache(layout, limit: 0)
        prefixes.keep(tokens(10), cache(10), adapter: nil)
        #expect(prefixes.byteCount == 0 && prefixes.take(tokens(10), adapter: nil).count == 0)
    }
}
