import Foundation

/// What stands before the numbers of a safetensors file: each tensor's type, shape and place, in the order given.
struct SafetensorsBuilder {
    private var tensors: [(String, JSONText)] = []
    /// Of the numbers.
    private(set) var byteCount = 0

    /// Says what the next tensor is. Sizes with the slowest first.
    mutating func add(_ name: String, shape: [Int], type: TensorType) {
        let bytes = shape.reduce(1, *) * type.blockBytes
        let entry = JSONText.object([
            ("dtype", .text(type.name)), ("shape", .list(shape.map(JSONText.integer))),
            ("data_offsets", .list([.integer(byteCount), .integer(byteCount + bytes)])),
        ])
        tensors.append((name, entry))
        byteCount += bytes
    }

    /// The length and the header itself, filled up so that the numbers begin at a multiple of 8.
    var bytes: [UInt8] {
        let metadata = ("__metadata__", JSONText.object([("format", .text("pt"))]))
        var json = Array(JSONText.object([metadata] + tensors).written(flatBelow: 0).utf8)
        json += [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
    }
}
