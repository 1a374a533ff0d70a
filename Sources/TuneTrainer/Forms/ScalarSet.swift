/// A set of Unicode scalars, as a form allows them at one place.
struct ScalarSet: Hashable, Sendable {
    /// Ascending, apart, and without surrogates.
    private(set) var ranges: [ClosedRange<UInt32>]

    static let all = ScalarSet([0...0xD7FF, 0xE000...0x10FFFF])

    /// Of any ranges; surrogates in them are left out.
    init(_ ranges: [ClosedRange<UInt32>] = []) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged.flatMap { range in
            [(UInt32(0), UInt32(0xD7FF)), (0xE000, 0x10FFFF)].compactMap { (low, high) -> ClosedRange<UInt32>? in
                let (first, last) = (max(low, range.lowerBound), min(high, range.upperBound))
                return first <= last ? first...last : nil
            }
        }
    }

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.init(scalars.map { $0.value...$0.value })
    }

    var isEmpty: Bool { ranges.isEmpty }

    func contains(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar.value) } }

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    func subtracting(_ other: ScalarSet) -> ScalarSet {
        var left = ranges
        for hole in other.ranges {
            left = left.flatMap { range -> [ClosedRange<UInt32>] in
                guard range.overlaps(hole) else { return [range] }
                var parts: [ClosedRange<UInt32>] = []
                if range.lowerBound < hole.lowerBound { parts.append(range.lowerBound...hole.lowerBound - 1) }
                if range.upperBound > hole.upperBound { parts.append(hole.upperBound + 1...range.upperBound) }
                return parts
            }
        }
        return ScalarSet(left)
    }

    func intersection(_ other: ScalarSet) -> ScalarSet { subtracting(ScalarSet.all.subtracting(other)) }

    var inverted: ScalarSet { ScalarSet.all.subtracting(self) }

    /// The set in UTF-8: sequences of byte ranges, of which each scalar fits exactly one.
    var byteRanges: [[ClosedRange<UInt8>]] {
        ranges.flatMap { range in
            [(UInt32(0), UInt32(0x7F)), (0x80, 0x7FF), (0x800, 0xFFFF), (0x10000, 0x10FFFF)]
                .flatMap { (low, high) -> [[ClosedRange<UInt8>]] in
                    let (first, last) = (max(low, range.lowerBound), min(high, range.upperBound))
                    return first <= last ? Self.byteRanges(first, last) : []
                }
        }
    }

    /// Of scalars with the same number of bytes.
    private static func byteRanges(_ first: UInt32, _ last: UInt32) -> [[ClosedRange<UInt8>]] {
        let (a, b) = (bytes(first), bytes(last))
        guard let place = a.indices.first(where: { a[$0] != b[$0] }) else { return [a.map { $0...$0 }] }
        // Bits that lie in the bytes after the first different one.
        let bits = UInt32(6 * (a.count - 1 - place))
        let mask: UInt32 = 1 << bits - 1
        if first & mask != 0 {
            return byteRanges(first, first | mask) + byteRanges((first | mask) + 1, last)
        }
        if last & mask != mask {
            return byteRanges(first, (last & ~mask) - 1) + byteRanges(last & ~mask, last)
        }
        return [zip(a, b).map { $0...$1 }]
    }

    private static func bytes(_ scalar: UInt32) -> [UInt8] { Array(String(Unicode.Scalar(scalar)!).utf8) }
}
