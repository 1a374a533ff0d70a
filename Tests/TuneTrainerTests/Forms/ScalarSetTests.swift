import Testing

@testable import TuneTrainer

struct ScalarSetTests {
    private static let sets: [ScalarSet] = [
        ScalarSet(), .all, ScalarSet([0x41...0x5A]), ScalarSet([0x7F...0x80]), ScalarSet([0x7FF...0x800]),
        ScalarSet([0xD000...0xE100]), ScalarSet([0xFFFF...0x10000]), ScalarSet([0x1F44D...0x1F44D]),
        ScalarSet([0x10FFFF...0x10FFFF]), ScalarSet([0x22...0x22, 0x5C...0x5C, 0...0x1F]).inverted,
        ScalarSet([0x4E00...0x9FFF, 0x400...0x4FF, 0x123...0x2345]),
    ]

    @Test(arguments: sets) func everyScalarFitsOneSequenceOfBytes(_ set: ScalarSet) {
        let sequences = set.byteRanges
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 1) where value < 0x3000 || value % 61 == 0 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(Character(scalar)).utf8)
            let fitting = sequences.count { sequence in
                sequence.count == bytes.count && zip(sequence, bytes).allSatisfy { $0.contains($1) }
            }
            #expect(fitting == (set.contains(scalar) ? 1 : 0), "U+\(String(value, radix: 16))")
        }
    }

    @Test(arguments: sets, sets) func setsAreCombined(_ first: ScalarSet, _ second: ScalarSet) {
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 127) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let (a, b) = (first.contains(scalar), second.contains(scalar))
            #expect(first.union(second).contains(scalar) == (a || b))
            #expect(first.subtracting(second).contains(scalar) == (a && !b))
            #expect(first.intersection(second).contains(scalar) == (a && b))
            #expect(first.inverted.contains(scalar) == !a)
        }
    }
}
