import Testing
import TuneTrainer

struct DequantizeTests {
    private struct Blocks: Decodable {
        let bytes: String
        let floats: String
    }

    @Test(arguments: TensorType.allCases)
    func readsEveryBitAsTheReferenceDoes(_ type: TensorType) throws {
        let fixture = try #require(try Fixture.json("quants.json", as: [String: Blocks].self)[type.name])
        let floats = bytes(hex: fixture.bytes).withUnsafeBytes { Dequantize.floats($0, as: type) }
        let expected = stride(from: 0, to: fixture.floats.count, by: 8).map { start in
            UInt32(fixture.floats.dropFirst(start).prefix(8), radix: 16)
        }
        #expect(floats.count == 8 * type.blockSize)
        #expect(floats.map(\.bitPattern) == expected)
    }

    private func bytes(hex: String) -> [UInt8] {
        let digits = hex.utf8.map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
