import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct AdapterFileTests {
    private let folder = NSTemporaryDirectory() + "adapter-\(UUID().uuidString)"

    @Test func whatIsWrittenIsRead() throws {
        let tiny = try TinyLlama("tiny_tied")
        let adapter = try tiny.adapter()
        try AdapterFile.write(adapter, baseModel: "tiny", to: folder)
        let read = try AdapterFile.read(folder, for: tiny.weights.config)
        #expect(read.layout == adapter.layout)
        #expect(read.values.values == adapter.values.values)
    }

    @Test func anAdapterOfAnotherModelIsRefusedByTensor() throws {
        let tiny = try TinyLlama("tiny_tied")
        let layout = AdapterLayout(config: tiny.weights.config, rank: 3, alpha: 6, targets: [.q])
        try AdapterFile.write(Adapter(layout, seed: 1), baseModel: "tiny", to: folder)
        let config = folder + "/adapter_config.json"
        let text = try String(contentsOfFile: config, encoding: .utf8).replacing("\"r\" : 3", with: "\"r\" : 5")
        try text.write(toFile: config, atomically: true, encoding: .utf8)
        #expect {
            try AdapterFile.read(folder, for: tiny.weights.config)
        } throws: { error in
            guard case .adapterMismatch(_, let tensor, let expected, let found) = error as? TrainerError else {
                return false
            }
            return tensor.hasSuffix("q_proj.lora_A.weight") && expected == [5, 32] && found == [3, 32]
        }
    }

    /// Cut short, another format, lengths that lie: always a typed error.
    @Test(
        arguments: [
            [], [1, 2, 3], Array(repeating: 0xFF, count: 16), [5, 0, 0, 0, 0, 0, 0, 0] + Array("{}abc".utf8),
            [200, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8),
        ] as [[UInt8]])
    func aDamagedFileIsATypedError(_ bytes: [UInt8]) throws {
        let path = NSTemporaryDirectory() + "damaged-\(UUID().uuidString).safetensors"
        try Data(bytes).write(to: URL(filePath: path))
        #expect(throws: TrainerError.self) { try Safetensors(path: path) }
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,12]}}"#,
        #"{"a":{"dtype":"I8","shape":[12],"data_offsets":[0,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
    ])
    func tensorsThatOverlapLeaveHolesOrOverflowAreRefused(_ header: String) throws {
        let path = NSTemporaryDirectory() + "hostile-\(UUID().uuidString).safetensors"
        var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        bytes += header.utf8
        bytes += [UInt8](repeating: 0, count: 12)
        try Data(bytes).write(to: URL(filePath: path))
        #expect(throws: TrainerError.self) { try Safetensors(path: path) }
    }
}
