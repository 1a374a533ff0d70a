import Testing
import TuneTrainer

struct QuantizeTests {
    private static func fixture() throws -> [String: String] { try Fixture.json("quantized.json") }

    private func floats(_ fixture: [String: String]) throws -> [Float] {
        let hex = try #require(fixture["floats"])
        return stride(from: 0, to: hex.count, by: 8).map { start in
            Float(bitPattern: UInt32(hex.dropFirst(start).prefix(8), radix: 16)!)
        }
    }

    private func stored(_ floats: [Float], as type: TensorType) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xAA, count: type.rowBytes(floats.count))
        bytes.withUnsafeMutableBytes { bytes in
            floats.withUnsafeBufferPointer { Quantize.store($0, as: type, into: bytes.baseAddress!) }
        }
        return bytes
    }

    @Test(arguments: Quantize.types) func everyBlockIsTheReferences(_ type: TensorType) throws {
        let fixture = try Self.fixture()
        let floats = try floats(fixture)
        let expected = try #require(fixture[type.name])
        let found = stored(floats, as: type)
        let size = type.blockBytes * (type.blockSize == 1 ? 32 : 1)
        for start in stride(from: 0, to: found.count, by: size) {
            let hex = found[start..<start + size].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(hex == expected.dropFirst(2 * start).prefix(2 * size), "\(type.name), block \(start / size)")
        }
    }

    /// Half a step of each block's scale, as the codes promise.
    @Test(arguments: Quantize.types) func whatIsReadBackIsNear(_ type: TensorType) throws {
        let numbers = Numbers(seed: 5).array(1_024)
        let read = stored(numbers, as: type).withUnsafeBytes { Dequantize.floats($0, as: type) }
        let step: Float =
            switch type {
            case .f32: 0
            case .f16: 0x1p-11
            case .bf16: 0x1p-8
            case .q80: 1 / 127
            case .q50, .q51: 1 / 15
            default: 1 / 7
            }
        #expect(zip(numbers, read).allSatisfy { abs($0 - $1) <= step })
        #expect(type == .f32 || zip(numbers, read).contains { $0 != $1 })
    }

    @Test(arguments: Quantize.types.filter { $0.blockSize > 1 })
    func whatIsNoNumberDoesNoHarmToAProcess(_ type: TensorType) {
        var floats = [Float](repeating: 1, count: 64)
        floats[3] = .nan
        floats[35] = .infinity
        #expect(stored(floats, as: type).count == 2 * type.blockBytes)
    }
}
