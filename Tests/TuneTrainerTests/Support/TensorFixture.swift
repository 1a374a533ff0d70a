import Foundation

/// Named tensors that `tensor_file.py` wrote, with the facts beside them.
struct TensorFixture {
    /// Shape and numbers, the last index fastest.
    struct Tensor {
        let shape: [Int]
        let values: [Float]
    }

    private struct Index: Decodable {
        let tensors: [String: Entry]
    }

    private struct Entry: Decodable {
        let shape: [Int]
        /// In floats from the start of the file.
        let start: Int
    }

    private let name: String
    private let entries: [String: Entry]
    private let floats: [Float]

    init(_ name: String) throws {
        self.name = name
        entries = try Fixture.json("\(name).json", as: Index.self).tensors
        let data = try Fixture.data("\(name).f32")
        floats = data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
    }

    var names: [String] { entries.keys.sorted() }

    /// The facts, such as a loss, as the caller's own type.
    func facts<T: Decodable>(as type: T.Type = T.self) throws -> T { try Fixture.json("\(name).json") }

    subscript(name: String) -> Tensor {
        get throws {
            guard let entry = entries[name] else { throw Missing(name: name) }
            let count = entry.shape.reduce(1, *)
            return Tensor(shape: entry.shape, values: Array(floats[entry.start..<entry.start + count]))
        }
    }

    struct Missing: Error {
        let name: String
    }
}
