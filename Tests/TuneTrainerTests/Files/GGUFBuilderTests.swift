import Foundation
import Testing

@testable import TuneTrainer

struct GGUFBuilderTests {
    private func file(_ builder: GGUFBuilder, _ tensors: [UInt8] = []) throws -> GGUFFile {
        let path = NSTemporaryDirectory() + "built-\(UUID().uuidString).gguf"
        defer { unlink(path) }
        try Data(builder.header + tensors).write(to: URL(filePath: path))
        return try GGUFFile(path: path)
    }

    @Test func settingsAreReadAsTheyWereSet() throws {
        var builder = GGUFBuilder()
        builder.set("general.architecture", to: .string("llama"))
        builder.set("n", to: .uint32(7))
        builder.set("x", to: .float32(0.5))
        builder.set("yes", to: .bool(true))
        builder.set("words", to: .strings(["a", "", "月"]))
        builder.set("kinds", to: .int32s([-1, 3]))
        builder.set("scores", to: .float32s([-0.5, 2]))
        builder.set("n", to: .uint32(8))
        let metadata = try file(builder).metadata
        #expect(try metadata.integer("n") == 8)
        #expect(try metadata.number("x") == 0.5)
        #expect(try metadata.bool("yes", or: false))
        var words: [String] = []
        try metadata.array("words").forEachString { words.append(String(decoding: $1, as: UTF8.self)) }
        #expect(words == ["a", "", "月"])
        #expect(try metadata.array("kinds").integers() == [-1, 3])
        #expect(try metadata.array("scores").numbers() == [-0.5, 2])
    }

    @Test func tensorsLieWhereTheHeaderSays() throws {
        var builder = GGUFBuilder()
        builder.add(tensor: "norm", shape: [3], type: .f32)
        builder.add(tensor: "linear", shape: [2, 32], type: .q80)
        var bytes: [UInt8] = []
        for value: Float in [1, 2, 3] { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
        bytes += [UInt8](repeating: 0, count: GGUFBuilder.padding(after: bytes.count))
        bytes += (0..<68).map { UInt8($0) } + [UInt8](repeating: 0, count: GGUFBuilder.padding(after: 68))
        #expect(bytes.count == builder.tensorByteCount)
        let file = try file(builder, bytes)
        let (norm, linear) = (try file.tensor("norm", shape: [3]), try file.tensor("linear", shape: [2, 32]))
        #expect(file.withBytes(of: norm) { Dequantize.floats($0, as: .f32) } == [1, 2, 3])
        #expect(file.withBytes(of: linear) { Array($0) } == (0..<68).map { UInt8($0) })
    }

    /// Also values of types that are never set here, with their order.
    @Test func anotherFilesSettingsAreCarriedOverToTheByte() throws {
        let base = try GGUFFile(path: Fixture.path("tiny_tied.gguf"))
        var builder = GGUFBuilder()
        builder.carryOver(from: base, except: ["llama.block_count"])
        let copy = try file(builder)
        func entries(_ file: GGUFFile) -> [[UInt8]] {
            var entries: [[UInt8]] = []
            file.forEachEntry { key, bytes in if key != "llama.block_count" { entries.append(Array(bytes)) } }
            return entries
        }
        #expect(entries(copy) == entries(base))
        #expect(entries(copy).count >= 20)
        #expect(copy.metadata["llama.block_count"] == nil)
    }
}
