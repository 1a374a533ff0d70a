@testable import TuneTrainer

extension HostileGGUF {
    static let entries: [HostileGGUF] = [
        .tensors("a tensor's name of 2⁶⁴ − 1 bytes", .tooMany(.tensorName, claimed: .max, limit: 1_024)) { file in
            file.markFault()
            file.put(UInt64.max)
        },
        .tensors("a tensor's name of broken UTF-8", .notText(.tensorName)) { file in
            file.put(UInt64(1))
            file.markFault()
            file.put(raw: [0xFF])
        },
        .tensors("two tensors of one name", .duplicate(.tensor, name: "a"), count: 2) { file in
            file.put(tensor: "a", sizes: [4], offset: 0)
            file.markFault()
            file.put(tensor: "a", sizes: [4], offset: 32)
        },
        HostileGGUF("a name and then nothing", .cutShort(.tensor, missing: 4)) { file in
            file = GGUFWriter(tensors: 1)
            file.put("a")
            file.markFault()
        },
        HostileGGUF("half of the sizes", .cutShort(.tensor, missing: 8)) { file in
            file = GGUFWriter(tensors: 1)
            file.put("a")
            file.put(UInt32(2))
            file.put(UInt64(4))
            file.markFault()
        },
        HostileGGUF("no type", .cutShort(.tensor, missing: 4)) { file in
            file = GGUFWriter(tensors: 1)
            file.put("a")
            file.put(UInt32(1))
            file.put(UInt64(4))
            file.markFault()
        },
        HostileGGUF("half an offset", .cutShort(.tensor, missing: 4)) { file in
            file = GGUFWriter(tensors: 1)
            file.put("a")
            file.put(UInt32(1))
            file.put(UInt64(4))
            file.put(UInt32(0))
            file.markFault()
            file.put(UInt32(0))
        },
    ]

    static let sizes: [HostileGGUF] = [
        // In 43 bytes, which kept another reader busy for ever.
        HostileGGUF("2³² − 1 dimensions and no more", .dimensionCount(.max)) { file in
            file = GGUFWriter(tensors: 1)
            file.put("tensor7")
            file.markFault()
            file.put(UInt32.max)
        },
        .tensors("no dimensions", .dimensionCount(0)) { file in
            file.put("a")
            file.markFault()
            file.put(UInt32(0))
        },
        .tensors("five dimensions", .dimensionCount(5)) { file in
            file.put("a")
            file.markFault()
            file.put(UInt32(5))
        },
        .tensors("2³² − 1 dimensions", .dimensionCount(.max)) { file in
            file.put("a")
            file.markFault()
            file.put(UInt32.max)
        },
        .tensors("a size of 0", .dimension(tensor: "a", 0)) { file in
            file.put("a")
            file.put(UInt32(2))
            file.put(UInt64(4))
            file.markFault()
            file.put(UInt64(0))
        },
        .tensors("a size of 2⁶³", .dimension(tensor: "a", 1 << 63)) { file in
            file.put("a")
            file.put(UInt32(1))
            file.markFault()
            file.put(UInt64(1) << 63)
        },
        .tensors("2³² × 2³² numbers", .overflow(tensor: "a")) { file in
            file.put("a")
            file.put(UInt32(2))
            file.put(UInt64(1) << 32)
            file.markFault()
            file.put(UInt64(1) << 32)
        },
        .tensors("2¹⁶ to the fourth numbers", .overflow(tensor: "a")) { file in
            file.put("a")
            file.put(UInt32(4))
            for _ in 0..<3 { file.put(UInt64(1) << 16) }
            file.markFault()
            file.put(UInt64(1) << 16)
        },
        .tensors("2⁶² floats, whose bytes overflow", .overflow(tensor: "a")) { file in
            file.markFault()
            file.put(tensor: "a", sizes: [1 << 62], offset: 0)
        },
    ]

    static let types: [HostileGGUF] = [
        .tensors("tensor type 4, which was removed", .tensorType(tensor: "a", 4)) { unreadType(4, in: &$0) },
        .tensors("tensor type 1,000", .tensorType(tensor: "a", 1_000)) { unreadType(1_000, in: &$0) },
        .tensors("tensor type 2³² − 1", .tensorType(tensor: "a", .max)) { unreadType(.max, in: &$0) },
        .tensors("a tensor of Q8_1", .unreadType(tensor: "a", type: "Q8_1")) { unreadType(9, in: &$0) },
        .tensors("a tensor of I64", .unreadType(tensor: "a", type: "I64")) { unreadType(27, in: &$0) },
        .tensors("a row of 33 in Q4_1", .partialBlock(tensor: "a", columns: 33, blockSize: 32)) { file in
            row(of: 33, as: .q41, in: &file)
        },
        .tensors("a row of 1 in Q8_0", .partialBlock(tensor: "a", columns: 1, blockSize: 32)) { file in
            row(of: 1, as: .q80, in: &file)
        },
        .tensors("a row of 128 in Q6_K", .partialBlock(tensor: "a", columns: 128, blockSize: 256)) { file in
            row(of: 128, as: .q6K, in: &file)
        },
        .tensors("rows of 16 that make up a block together", .partialBlock(tensor: "a", columns: 16, blockSize: 32)) {
            file in
            file.put("a")
            file.put(UInt32(2))
            file.put(UInt64(16))
            file.put(UInt64(2))
            file.markFault()
            file.put(TensorType.q40.rawValue)
            file.put(UInt64(0))
        },
    ]

    private static func unreadType(_ number: UInt32, in file: inout GGUFWriter) {
        file.put("a")
        file.put(UInt32(1))
        file.put(UInt64(32))
        file.markFault()
        file.put(number)
        file.put(UInt64(0))
    }

    private static func row(of columns: UInt64, as type: TensorType, in file: inout GGUFWriter) {
        file.put("a")
        file.put(UInt32(1))
        file.put(columns)
        file.markFault()
        file.put(type.rawValue)
        file.put(UInt64(0))
    }

    static let places: [HostileGGUF] = [
        .tensors("an odd offset", .misaligned(tensor: "a", offset: 1, alignment: 32)) { file in
            tensor("a", sizes: [4], markedOffset: 1, in: &file)
        },
        .tensors(
            "an offset of 2⁶⁴ − 1", .misaligned(tensor: "a", offset: .max, alignment: 32)
        ) { file in
            tensor("a", sizes: [4], markedOffset: .max, in: &file)
        },
        .tensors("an offset that overflows with the start of the data", .overflow(tensor: "a")) { file in
            tensor("a", sizes: [4], markedOffset: .max - 31, in: &file)
        },
        .tensors("an offset that overflows with the tensor's size", .overflow(tensor: "a")) { file in
            tensor("a", sizes: [256], markedOffset: .max - 1023, in: &file)
        },
        .tensors("an offset after the end", .tensorCutShort(tensor: "a", missing: 4_096 + 16 - 128)) { file in
            tensor("a", sizes: [4], markedOffset: 4_096, in: &file)
        },
        .tensors("a tensor four bytes longer than the file", .tensorCutShort(tensor: "a", missing: 4)) { file in
            tensor("a", sizes: [33], markedOffset: 0, in: &file)
        },
        .tensors("2⁴⁰ floats that are not there", .tensorCutShort(tensor: "a", missing: 1 << 42 - 128)) { file in
            tensor("a", sizes: [1 << 40], markedOffset: 0, in: &file)
        },
        .tensors("two tensors in one place", .overlap(tensor: "b", other: "a"), count: 2) { file in
            file.put(tensor: "a", sizes: [4], offset: 0)
            tensor("b", sizes: [4], markedOffset: 0, in: &file)
        },
        .tensors("a tensor that reaches into the next", .overlap(tensor: "a", other: "b"), count: 2) { file in
            tensor("a", sizes: [4], markedOffset: 32, in: &file)
            file.put(tensor: "b", sizes: [9], offset: 0)
        },
    ]

    private static func tensor(
        _ name: String, sizes: [UInt64], markedOffset offset: UInt64, in file: inout GGUFWriter
    ) {
        file.put(name)
        file.put(UInt32(sizes.count))
        for size in sizes { file.put(size) }
        file.put(TensorType.f32.rawValue)
        file.markFault()
        file.put(offset)
    }
}
