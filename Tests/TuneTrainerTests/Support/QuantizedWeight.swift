import Foundation

@testable import TuneTrainer

/// A small Q8_0 matrix (24, 32) in a file of its own.
final class QuantizedWeight: @unchecked Sendable {
    // Immutable after init; the file is read-only.
    static let shared = QuantizedWeight()
    let matrix: WeightMatrix
    private let file: GGUFFile

    private init() {
        var writer = GGUFWriter(tensors: 1)
        writer.put(tensor: "w", sizes: [32, 24], type: TensorType.q80.rawValue, offset: 0)
        writer.pad()
        var source = SplitMix64(seed: 3)
        var bytes: [UInt8] = []
        for _ in 0..<24 {
            withUnsafeBytes(of: Float16(0.01).bitPattern.littleEndian) { bytes += $0 }
            bytes += (0..<32).map { _ in UInt8(truncatingIfNeeded: source.next()) }
        }
        writer.put(raw: bytes)
        let path = NSTemporaryDirectory() + "weight-\(UUID().uuidString).gguf"
        try! Data(writer.bytes).write(to: URL(filePath: path))
        file = try! GGUFFile(path: path)
        matrix = WeightMatrix(StoredTensor(try! file.tensor("w"), in: file))
        try! FileManager.default.removeItem(atPath: path)
    }
}
