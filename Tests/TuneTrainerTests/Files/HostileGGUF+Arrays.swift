@testable import TuneTrainer

extension HostileGGUF {
    private static let elementLimit: UInt64 = 1 << 26

    static let arrays: [HostileGGUF] = [
        .metadata("an array of arrays", .nestedArray) { file in
            file.put(key: "key", .array)
            file.markFault()
            file.put(type: .array)
            file.put(UInt64(1))
        },
        .metadata("an array of unknown values", .valueType(99)) { file in
            file.put(key: "key", .array)
            file.markFault()
            file.put(UInt32(99))
            file.put(UInt64(0))
        },
        .metadata("an array without a type", .cutShort(.value, missing: 4)) { file in
            file.put(key: "key", .array)
            file.markFault()
        },
        .metadata("an array without a count", .cutShort(.header, missing: 8)) { file in
            file.put(key: "key", .array)
            file.put(type: .int32)
            file.markFault()
        },
        .metadata("an array of 2⁶⁴ − 1 bytes", .tooMany(.array, claimed: .max, limit: elementLimit)) { file in
            file.put(key: "key", .array)
            file.put(type: .uint8)
            file.markFault()
            file.put(UInt64.max)
        },
        .metadata("2⁶¹ doubles, whose bytes overflow", .tooMany(.array, claimed: 1 << 61, limit: elementLimit)) {
            file in
            file.put(key: "key", .array)
            file.put(type: .float64)
            file.markFault()
            file.put(UInt64(1) << 61)
        },
        .metadata("2⁶² strings", .tooMany(.array, claimed: 1 << 62, limit: elementLimit)) { file in
            file.put(key: "key", .array)
            file.put(type: .string)
            file.markFault()
            file.put(UInt64(1) << 62)
        },
        .metadata("2²⁶ integers that are not there", .cutShort(.array, missing: 1 << 28)) { file in
            file.put(key: "key", .array)
            file.put(type: .int32)
            file.put(UInt64(1) << 26)
            file.markFault()
        },
        .metadata("an array one element short", .cutShort(.array, missing: 4)) { file in
            file.put(key: "key", .array)
            file.put(type: .float32)
            file.put(UInt64(2))
            file.markFault()
            file.put(UInt32(0))
        },
        .metadata("strings that are not there", .cutShort(.array, missing: 8)) { file in
            file.put(key: "key", .array)
            file.put(type: .string)
            file.put(UInt64(1) << 26)
            file.markFault()
        },
        .metadata("the second string cut short", .cutShort(.array, missing: 2)) { file in
            file.put(key: "key", .array)
            file.put(type: .string)
            file.put(UInt64(2))
            file.put("one")
            file.put(UInt64(3))
            file.markFault()
            file.put(raw: "t".utf8)
        },
        .metadata("a token of 2⁶⁴ − 1 bytes", .tooMany(.array, claimed: .max, limit: 16 << 20)) { file in
            file.put(key: "key", .array)
            file.put(type: .string)
            file.put(UInt64(1))
            file.markFault()
            file.put(UInt64.max)
        },
    ]

    static let alignments: [HostileGGUF] = [
        alignment("an alignment of 0", .uint32) { $0.put(UInt32(0)) },
        alignment("an alignment of 3", .uint32) { $0.put(UInt32(3)) },
        alignment("an alignment of 2³¹", .uint32) { $0.put(UInt32(1) << 31) },
        alignment("an alignment of 2⁶³", .uint64) { $0.put(UInt64(1) << 63) },
        alignment("an alignment of −32", .int32) { $0.put(Int32(-32)) },
        alignment("an alignment of text", .string) { $0.put("32") },
        alignment("an alignment of 32.0", .float32) { $0.put(Float(32).bitPattern) },
    ]

    private static func alignment(
        _ description: String, _ type: GGUFValueType, _ putValue: (inout GGUFWriter) -> Void
    ) -> HostileGGUF {
        .metadata(description, .alignment) { file in
            file.markFault()
            file.put(key: "general.alignment", type)
            putValue(&file)
        }
    }
}
