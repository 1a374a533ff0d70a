import Foundation
import Testing

@testable import TuneTrainer

struct GGUFFileTests {
    /// Two tensors, some settings.
    private var sound: GGUFWriter {
        var writer = GGUFWriter(tensors: 2, metadata: 5)
        writer.put(key: "general.architecture", "llama")
        writer.put(key: "llama.block_count", UInt32(2))
        writer.put(key: "llama.eps", Float(0.5))
        writer.put(key: "words", ["a", "", "é"])
        writer.put(key: "kinds", [Int32(-1), 7])
        writer.put(tensor: "norm", sizes: [3], offset: 0)
        writer.put(tensor: "linear", sizes: [32, 2], type: TensorType.q80.rawValue, offset: 32)
        writer.pad()
        for value: Float in [1, 2, 3] { writer.put(value.bitPattern) }
        writer.pad()
        writer.put(raw: (0..<68).map { UInt8($0) })
        return writer
    }

    @Test func readsSettingsByTheirType() throws {
        try sound.withFile { path in
            let file = try GGUFFile(path: path)
            #expect(file.version == 3)
            #expect(try file.architecture == "llama")
            #expect(try file.metadata.integer("llama.block_count") == 2)
            #expect(try file.metadata.number("llama.eps") == 0.5)
            #expect(try file.metadata.array("kinds").integers() == [-1, 7])
            var words: [String] = []
            try file.metadata.array("words").forEachString { words.append(String(decoding: $1, as: UTF8.self)) }
            #expect(words == ["a", "", "é"])
            #expect(try file.metadata.integer("no such key", or: 4) == 4)
        }
    }

    @Test func namesTheKeyThatIsMissingOrOfAnotherType() throws {
        try sound.withFile { path in
            let metadata = try GGUFFile(path: path).metadata
            #expect(throws: TrainerError.missingMetadata(path: path, key: "x")) { try metadata.integer("x") }
            let error = TrainerError.wrongMetadata(
                path: path, key: "general.architecture", expected: "integer", found: "string")
            #expect(throws: error) { try metadata.integer("general.architecture") }
            #expect(throws: error) { try metadata.integer("general.architecture", or: 1) }
        }
    }

    @Test func givesShapesRowsFirstAndBytesFromTheirPlace() throws {
        try sound.withFile { path in
            let file = try GGUFFile(path: path)
            let linear = try file.tensor("linear", shape: [2, 32])
            #expect((linear.rows, linear.columns, linear.type) == (2, 32, .q80))
            #expect(file.withBytes(of: linear) { Array($0) } == (0..<68).map { UInt8($0) })
            let norm = try file.tensor("norm")
            #expect(file.withBytes(of: norm) { Dequantize.floats($0, as: norm.type) } == [1, 2, 3])
            #expect(file.tensors.map(\.name) == ["norm", "linear"])
        }
    }

    @Test func namesTheTensorThatIsMissingOrOfAnotherShape() throws {
        try sound.withFile { path in
            let file = try GGUFFile(path: path)
            #expect(throws: TrainerError.missingTensor(path: path, name: "x")) { try file.tensor("x") }
            let error = TrainerError.wrongShape(path: path, name: "norm", expected: [4], found: [3])
            #expect(throws: error) { try file.tensor("norm", shape: [4]) }
        }
    }

    @Test func everyCutOfASoundFileIsAnError() throws {
        let whole = sound.bytes
        for length in 0..<whole.count {
            try GGUFWriter(bytes: Array(whole[..<length])).withFile { path in
                let error = #expect(throws: TrainerError.self) { try GGUFFile(path: path) }
                switch error {
                case .notGGUF: #expect(length < 4)
                case .damaged(_, let offset, _): #expect(offset <= length)
                default: Issue.record("\(length) bytes gave \(String(describing: error))")
                }
            }
        }
    }

    @Test(arguments: ["", "G", "GGU", "ggml", "GGJT", "FUGG\u{3}\0\0\0", "{\"a\": 1}", "PK\u{3}\u{4}"])
    func anotherKindOfFileIsSaidToBeOne(_ text: String) throws {
        try GGUFWriter(bytes: Array(text.utf8)).withFile { path in
            #expect(throws: TrainerError.notGGUF(path: path)) { try GGUFFile(path: path) }
        }
    }

    @Test func whatIsNoFileIsSaidToBeNone() throws {
        let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        #expect(throws: TrainerError.notAFile(path: folder)) { try GGUFFile(path: folder) }
        let missing = folder + UUID().uuidString
        #expect(throws: TrainerError.cannotOpen(path: missing, reason: "No such file or directory")) {
            try GGUFFile(path: missing)
        }
    }

    @Test func opensTheBaseModel() throws {
        let file = try GGUFFile(path: TestModel.path)
        #expect(file.tensors.count == 272)
        #expect(try file.tensor("token_embd.weight", shape: [49152, 576]).type == .q80)
        #expect(try file.tensor("blk.0.ffn_down.weight", shape: [576, 1536]).type == .q41)
    }
}
