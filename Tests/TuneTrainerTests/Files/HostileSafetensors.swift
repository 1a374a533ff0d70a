import Foundation

@testable import TuneTrainer

/// A safetensors file with one thing wrong, and what a reader should say about it.
struct HostileSafetensors: Sendable, CustomStringConvertible {
    /// What is wrong: the header as JSON, or what it says.
    enum Fault: Hashable, Sendable {
        case json(JSONFault)
        case file(SafetensorsFault)
    }

    let description: String
    let bytes: [UInt8]
    let offset: Int
    let fault: Fault

    /// A file with this header; the fault is where `¦` stands, which is left out.
    init(_ description: String, _ fault: Fault, _ header: String, numbers: Int = 0) {
        let parts = header.components(separatedBy: "¦")
        self.init(
            description, fault, at: 8 + (parts.count == 2 ? parts[0].utf8.count : 0),
            header: Array(parts.joined().utf8), numbers: numbers)
    }

    /// A file with a header of these bytes.
    init(_ description: String, _ fault: Fault, at offset: Int, header: [UInt8], numbers: Int = 0) {
        self.description = description
        self.offset = offset
        self.fault = fault
        bytes = Self.length(UInt64(header.count)) + header + [UInt8](repeating: 0, count: numbers)
    }

    /// A file that claims a header of `claimed` bytes and goes on with `rest`.
    private init(_ description: String, claiming claimed: UInt64, rest: [UInt8] = []) {
        self.description = description
        offset = 0
        fault = .file(.headerLength(claimed: claimed, limit: rest.count))
        bytes = Self.length(claimed) + rest
    }

    /// A file too short for the length of a header.
    private init(_ description: String, raw: [UInt8]) {
        self.description = description
        offset = 0
        fault = .file(.headerLength(claimed: 0, limit: 0))
        bytes = raw
    }

    func error(path: String) -> TrainerError {
        switch fault {
        case .json(let fault): .damagedJSON(path: path, byteOffset: offset, fault)
        case .file(let fault): .damagedSafetensors(path: path, byteOffset: offset, fault)
        }
    }

    static let all = lengths + syntax + strings + numbers + fields + places

    private static func length(_ count: UInt64) -> [UInt8] { withUnsafeBytes(of: count.littleEndian) { Array($0) } }

    private static let lengths: [HostileSafetensors] = [
        HostileSafetensors("an empty file", raw: []),
        HostileSafetensors("seven bytes", raw: [2, 0, 0, 0, 0, 0, 0]),
        HostileSafetensors("a header of 2⁶⁴ − 1 bytes", claiming: .max),
        HostileSafetensors("a header of 2⁶³ bytes", claiming: 1 << 63, rest: [0x7B]),
        HostileSafetensors("a header of 100 MB and a byte", claiming: 100_000_001),
        HostileSafetensors("a header of 100 MB that is not there", claiming: 100_000_000, rest: [0x7B, 0x7D]),
        HostileSafetensors("a header one byte short", claiming: 3, rest: [0x7B, 0x7D]),
        HostileSafetensors("another format's beginning", claiming: 0x0000_0003_4655_4747, rest: [0, 0, 0, 0]),
    ]

    private static let syntax: [HostileSafetensors] = [
        HostileSafetensors("no header at all", .json(.cutShort), "¦"),
        HostileSafetensors("a header of spaces", .json(.cutShort), "    ¦"),
        HostileSafetensors("a list for a header", .json(.expected(.object)), "¦[]"),
        HostileSafetensors("a header of 100,000 brackets", .json(.expected(.object)), "¦" + brackets("[")),
        HostileSafetensors("an open brace", .json(.cutShort), "{¦"),
        HostileSafetensors("100,000 braces", .json(.expected(.string)), "{¦" + brackets("{")),
        HostileSafetensors("a name without quotes", .json(.expected(.string)), "{¦a:1}"),
        HostileSafetensors("a comma too many", .json(.expected(.string)), #"{"__metadata__":{},¦}"#),
        HostileSafetensors("no colon", .json(.expected(.colon)), #"{"a" ¦}"#),
        HostileSafetensors("no comma", .json(.expected(.commaOrEnd)), #"{"__metadata__":{}¦"a":{}}"#),
        HostileSafetensors("something after the header", .json(.expected(.end)), "{}¦x"),
        HostileSafetensors("two headers", .json(.expected(.end)), "{}¦{}"),
        HostileSafetensors("zeros after the header", .json(.expected(.end)), "{}¦\0\0"),
        HostileSafetensors("a tensor that is a number", .json(.expected(.object)), #"{"a":¦1}"#),
        HostileSafetensors("a tensor that is nothing", .json(.expected(.object)), #"{"a":¦null}"#),
        HostileSafetensors("a comment", .json(.expected(.string)), #"{¦/* */"a":{}}"#),
        HostileSafetensors("a byte order mark", .json(.expected(.object)), "¦\u{FEFF}{}"),
        HostileSafetensors("nested metadata", .json(.expected(.string)), #"{"__metadata__":{"a":¦{"b":"c"}}}"#),
        HostileSafetensors("metadata of numbers", .json(.expected(.string)), #"{"__metadata__":{"a":¦1}}"#),
        HostileSafetensors("metadata in a list", .json(.expected(.object)), #"{"__metadata__":¦["a"]}"#),
        HostileSafetensors(
            "a tree of lists for a shape", .json(.expected(.integer)),
            #"{"a":{"dtype":"F32","shape":[¦"# + brackets("[")),
        // Two objects and 62 lists are allowed.
        HostileSafetensors(
            "100,000 lists in an unknown field", .json(.tooDeep(limit: 64)),
            #"{"a":{"x":"# + String(repeating: "[", count: 63) + "¦" + brackets("[")),
    ]

    private static func brackets(_ bracket: String) -> String { String(repeating: bracket, count: 100_000) }

    private static let strings: [HostileSafetensors] = [
        HostileSafetensors("a name without an end", .json(.cutShort), #"{"abc¦"#),
        HostileSafetensors("a name over two lines", .json(.badString), "{\"a¦\nb\":{}}"),
        HostileSafetensors("an unknown escape", .json(.badString), #"{"a\¦x41":{}}"#),
        HostileSafetensors("half an escape", .json(.cutShort), #"{"a\u¦00"#),
        HostileSafetensors("an escape of other digits", .json(.badString), #"{"a\u¦00zz":{}}"#),
        HostileSafetensors("half a surrogate pair", .json(.badString), #"{"a\u¦d83d":{}}"#),
        HostileSafetensors("two first halves of a pair", .json(.badString), #"{"a\u¦d83d\ud83d":{}}"#),
        HostileSafetensors("a second half alone", .json(.badString), #"{"a\u¦de00":{}}"#),
        HostileSafetensors(
            "a name that is not UTF-8", .json(.badString), at: 9,
            header: Array("{\"".utf8) + [0xFF] + Array("\":{}}".utf8)),
        HostileSafetensors(
            "a name of overlong UTF-8", .json(.badString), at: 9,
            header: Array("{\"".utf8) + [0xC0, 0xAF] + Array("\":{}}".utf8)),
        HostileSafetensors("an escape at the end", .json(.cutShort), #"{"a\¦"#),
    ]
}
