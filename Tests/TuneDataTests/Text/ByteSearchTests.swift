import CText
import Testing

/// The searches over many bytes at a time give what looking at one byte after the other gives.
struct ByteSearchTests {
    /// Bytes that matter to some search, among ones that matter to none, at every length around the widths of vectors.
    private func texts() -> [[UInt8]] {
        var source = Chance(seed: 7)
        let odd: [UInt8] = [
            0x22, 0x5c, 0x2f, 0xed, 0x1f, 0x00, 0x7f, 0x80, 0xff, 0x0a, 0x20, 0x7e, 0x41, 0x5a, 0x61, 0x7a,
        ]
        return (0..<4_000).map { number in
            (0..<number % 200).map { _ in
                source.next() % 40 == 0 ? odd[Int(source.next() % UInt64(odd.count))] : 0x30 + UInt8(source.next() % 10)
            }
        }
    }

    private struct Chance {
        var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }

    private func check(
        _ isHit: (UInt8) -> Bool, with search: (UnsafePointer<UInt8>?, Int, Int) -> Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for text in texts() {
            for start in [0, 1, text.count / 2] where start <= text.count {
                let expected = text[start...].firstIndex(where: isHit) ?? text.count
                let found = text.withUnsafeBufferPointer { search($0.baseAddress, start, text.count) }
                #expect(found == expected, sourceLocation: sourceLocation)
            }
        }
    }

    @Test func findsWhatEndsThePlainPartOfAJSONText() {
        check(
            { $0 == 0x22 || $0 == 0x5c || $0 < 0x20 },
            with: { bytes, from, count in
                var high: UInt8 = 0
                return tt_json_plain(bytes, from, count, &high)
            })
    }

    @Test func tellsWhetherThePlainPartHoldsMoreThanASCII() {
        for text in texts() {
            var high: UInt8 = 0
            let end = text.withUnsafeBufferPointer { tt_json_plain($0.baseAddress, 0, text.count, &high) }
            #expect((high >= 0x80) == text[..<end].contains { $0 >= 0x80 })
        }
    }

    @Test func findsWhatATextNeedsToEscape() {
        check(
            { $0 == 0x22 || $0 == 0x5c || $0 == 0x2f || $0 == 0xed || $0 < 0x20 },
            with: { tt_text_plain($0, $1, $2) })
    }

    @Test func findsWhatCannotBePrinted() {
        check({ $0 < 0x20 || $0 > 0x7e }, with: { tt_printable($0, $1, $2) })
        check({ $0 > 0x7f }, with: { tt_ascii($0, $1, $2) })
    }

    @Test func countsLettersOfBothCases() {
        for text in texts() {
            var (upper, lower) = (3, 5)
            let high = text.withUnsafeBufferPointer { tt_letters($0.baseAddress, text.count, &upper, &lower) }
            #expect(upper == 3 + text.count { (0x41...0x5a).contains($0) })
            #expect(lower == 5 + text.count { (0x61...0x7a).contains($0) })
            #expect((high >= 0x80) == text.contains { $0 >= 0x80 })
        }
    }
}
