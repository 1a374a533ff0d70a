@testable import TuneTrainer

/// A GGUF file with one thing wrong, and what a reader should say about it.
struct HostileGGUF: Sendable, CustomStringConvertible {
    let description: String
    let bytes: [UInt8]
    let offset: Int
    let fault: GGUFFault

    init(_ description: String, _ fault: GGUFFault, _ write: (inout GGUFWriter) -> Void) {
        var writer = GGUFWriter(bytes: [])
        write(&writer)
        self.init(description, fault, writer)
    }

    /// A file with one metadata entry.
    static func metadata(
        _ description: String, _ fault: GGUFFault, _ write: (inout GGUFWriter) -> Void
    ) -> HostileGGUF {
        var writer = GGUFWriter(metadata: 1)
        write(&writer)
        return HostileGGUF(description, fault, writer)
    }

    /// A file with `count` tensors and nothing else; zeros for their bytes.
    static func tensors(
        _ description: String, _ fault: GGUFFault, count: UInt64 = 1, _ write: (inout GGUFWriter) -> Void
    ) -> HostileGGUF {
        var writer = GGUFWriter(tensors: count)
        write(&writer)
        writer.pad()
        writer.put(raw: repeatElement(0, count: 128))
        return HostileGGUF(description, fault, writer)
    }

    private init(_ description: String, _ fault: GGUFFault, _ writer: GGUFWriter) {
        self.description = description
        bytes = writer.bytes
        offset = writer.faultOffset
        self.fault = fault
    }

    static let all = headers + keys + values + arrays + entries + sizes + types + places + alignments
    private static let huge = UInt64.max

    private static let headers: [HostileGGUF] = [
        HostileGGUF("version 0", .version(0)) { file in
            file.put(raw: "GGUF".utf8)
            file.markFault()
            file.put(UInt32(0))
        },
        HostileGGUF("version 1", .version(1)) { file in
            file.put(raw: "GGUF".utf8)
            file.markFault()
            file.put(UInt32(1))
        },
        HostileGGUF("version 4", .version(4)) { file in
            file.put(raw: "GGUF".utf8)
            file.markFault()
            file.put(UInt32(4))
        },
        HostileGGUF("version 3, big-endian", .bigEndian) { file in
            file.put(raw: "GGUF".utf8)
            file.markFault()
            file.put(UInt32(3).byteSwapped)
        },
        HostileGGUF("no version", .cutShort(.header, missing: 4)) { file in
            file.put(raw: "GGUF".utf8)
            file.markFault()
        },
        HostileGGUF("half a tensor count", .cutShort(.header, missing: 4)) { file in
            file.put(raw: "GGUF".utf8)
            file.put(UInt32(3))
            file.markFault()
            file.put(UInt32(0))
        },
        HostileGGUF("no metadata count", .cutShort(.header, missing: 8)) { file in
            file.put(raw: "GGUF".utf8)
            file.put(UInt32(3))
            file.put(UInt64(0))
            file.markFault()
        },
        HostileGGUF("2⁶⁴ − 1 tensors", .tooMany(.tensor, claimed: huge, limit: 65_536)) { file in
            file.put(raw: "GGUF".utf8)
            file.put(UInt32(3))
            file.markFault()
            file.put(huge)
            file.put(UInt64(0))
        },
        HostileGGUF("one tensor over the limit", .tooMany(.tensor, claimed: 65_537, limit: 65_536)) { file in
            file.put(raw: "GGUF".utf8)
            file.put(UInt32(3))
            file.markFault()
            file.put(UInt64(65_537))
            file.put(UInt64(0))
        },
        HostileGGUF("2⁶⁴ − 1 settings", .tooMany(.metadata, claimed: huge, limit: 65_536)) { file in
            file.put(raw: "GGUF".utf8)
            file.put(UInt32(3))
            file.put(UInt64(0))
            file.markFault()
            file.put(huge)
        },
        HostileGGUF("2⁶³ settings", .tooMany(.metadata, claimed: 1 << 63, limit: 65_536)) { file in
            file.put(raw: "GGUF".utf8)
            file.put(UInt32(2))
            file.put(UInt64(0))
            file.markFault()
            file.put(UInt64(1) << 63)
        },
        HostileGGUF("settings that are not there", .cutShort(.key, missing: 8)) { file in
            file = GGUFWriter(metadata: 65_536)
            file.markFault()
        },
        HostileGGUF("tensors that are not there", .cutShort(.tensorName, missing: 8)) { file in
            file = GGUFWriter(tensors: 65_536)
            file.markFault()
        },
    ]

    private static let keys: [HostileGGUF] = [
        .metadata("a key of 2⁶⁴ − 1 bytes", .tooMany(.key, claimed: huge, limit: 65_535)) { file in
            file.markFault()
            file.put(huge)
        },
        .metadata("a key of 65,536 bytes", .tooMany(.key, claimed: 65_536, limit: 65_535)) { file in
            file.markFault()
            file.put(String(repeating: "k", count: 65_536))
        },
        .metadata("a key cut short", .cutShort(.key, missing: 7)) { file in
            file.put(UInt64(10))
            file.markFault()
            file.put(raw: "key".utf8)
        },
        .metadata("a key of broken UTF-8", .notText(.key)) { file in
            file.put(UInt64(2))
            file.markFault()
            file.put(raw: [0xC3, 0x28])
            file.put(type: .bool)
            file.put(UInt8(0))
        },
        .metadata("a key without a type", .cutShort(.value, missing: 4)) { file in
            file.put("key")
            file.markFault()
        },
        HostileGGUF("a key that occurs twice", .duplicate(.key, name: "key")) { file in
            file = GGUFWriter(metadata: 2)
            file.put(key: "key", UInt32(1))
            file.markFault()
            file.put(key: "key", "two")
        },
        HostileGGUF("an empty key that occurs twice", .duplicate(.key, name: "")) { file in
            file = GGUFWriter(metadata: 2)
            file.put(key: "", UInt32(1))
            file.markFault()
            file.put(key: "", UInt32(1))
        },
    ]

    private static let values: [HostileGGUF] = [
        .metadata("value type 13", .valueType(13)) { file in
            file.put("key")
            file.markFault()
            file.put(UInt32(13))
            file.put(UInt64(0))
        },
        .metadata("value type 2³² − 1", .valueType(.max)) { file in
            file.put("key")
            file.markFault()
            file.put(UInt32.max)
        },
        .metadata("an 8-bit value that is missing", .cutShort(.value, missing: 1)) { file in
            file.put(key: "key", .int8)
            file.markFault()
        },
        .metadata("half a 16-bit value", .cutShort(.value, missing: 1)) { file in
            file.put(key: "key", .uint16)
            file.markFault()
            file.put(UInt8(1))
        },
        .metadata("half a float", .cutShort(.value, missing: 2)) { file in
            file.put(key: "key", .float32)
            file.markFault()
            file.put(UInt16(1))
        },
        .metadata("half a double", .cutShort(.value, missing: 4)) { file in
            file.put(key: "key", .float64)
            file.markFault()
            file.put(UInt32(1))
        },
        .metadata("a 64-bit value that is missing", .cutShort(.value, missing: 8)) { file in
            file.put(key: "key", .uint64)
            file.markFault()
        },
        .metadata("a bool of 2", .boolean(2)) { file in
            file.put(key: "key", .bool)
            file.markFault()
            file.put(UInt8(2))
        },
        .metadata("a bool of 255", .boolean(255)) { file in
            file.put(key: "key", .bool)
            file.markFault()
            file.put(UInt8(255))
        },
        .metadata("a bool that is missing", .cutShort(.value, missing: 1)) { file in
            file.put(key: "key", .bool)
            file.markFault()
        },
        .metadata("a string of 2⁶⁴ − 1 bytes", .tooMany(.string, claimed: huge, limit: 16 << 20)) { file in
            file.put(key: "key", .string)
            file.markFault()
            file.put(huge)
        },
        .metadata("a string of 2⁶³ bytes", .tooMany(.string, claimed: 1 << 63, limit: 16 << 20)) { file in
            file.put(key: "key", .string)
            file.markFault()
            file.put(UInt64(1) << 63)
        },
        .metadata("16 MiB that are not there", .cutShort(.string, missing: 16 << 20)) { file in
            file.put(key: "key", .string)
            file.put(UInt64(16 << 20))
            file.markFault()
        },
        .metadata("a string one byte short", .cutShort(.string, missing: 1)) { file in
            file.put(key: "key", .string)
            file.put(UInt64(4))
            file.markFault()
            file.put(raw: "abc".utf8)
        },
        .metadata("half a string's length", .cutShort(.string, missing: 4)) { file in
            file.put(key: "key", .string)
            file.markFault()
            file.put(UInt32(0))
        },
        .metadata("a string of surrogates", .notText(.string)) { file in
            file.put(key: "key", .string)
            file.put(UInt64(3))
            file.markFault()
            file.put(raw: [0xED, 0xA0, 0x80])
        },
    ]
}
