@testable import TuneTrainer

extension HostileSafetensors {
    /// A file with one tensor `a`, whose fields are given, and 16 bytes. The fault is the entry's place, unless a field
    /// marks another.
    private static func tensor(
        _ description: String, _ fault: Fault, dtype: String = #""F32""#, shape: String = "[4]",
        offsets: String = "[0,16]"
    ) -> HostileSafetensors {
        let fields = #"{"dtype":\#(dtype),"shape":\#(shape),"data_offsets":\#(offsets)}"#
        let mark = fields.contains("¦") ? "" : "¦"
        return HostileSafetensors(description, fault, #"{"a":\#(mark)\#(fields)}"#, numbers: 16)
    }

    /// A file with the tensors `a` and `b` of floats at these offsets, and `numbers` bytes; `¦` before the offsets of
    /// the one at fault marks it.
    private static func pair(
        _ description: String, _ fault: SafetensorsFault, _ first: String, _ second: String, numbers: Int = 16,
        shapes: (Int, Int) = (2, 2)
    ) -> HostileSafetensors {
        func entry(_ name: String, _ shape: Int, _ offsets: String) -> String {
            let mark = offsets.contains("¦") ? "¦" : ""
            let place = offsets.replacing("¦", with: "")
            return #""\#(name)":\#(mark){"dtype":"F32","shape":[\#(shape)],"data_offsets":\#(place)}"#
        }
        let header = "{\(entry("a", shapes.0, first)),\(entry("b", shapes.1, second))}"
        return HostileSafetensors(description, .file(fault), header, numbers: numbers)
    }

    private static let sizeOfA = Fault.file(.size(tensor: "a"))
    private static let entryOfA = Fault.file(.entry(tensor: "a"))

    static let numbers: [HostileSafetensors] = [
        tensor("a negative size", sizeOfA, shape: "[-4]"),
        tensor("a negative size that a product hides", sizeOfA, shape: "[-2,-2]"),
        tensor("a size of 4.0", .json(.expected(.integer)), shape: "[¦4.0]"),
        tensor("a size of 1e3", .json(.expected(.integer)), shape: "[¦1e3]"),
        tensor("a size of NaN", .json(.expected(.integer)), shape: "[¦NaN]"),
        tensor("a size of null", .json(.expected(.integer)), shape: "[¦null]"),
        tensor("a size of text", .json(.expected(.integer)), shape: #"[¦"4"]"#),
        tensor("a size of 2⁶³", .json(.expected(.integer)), shape: "[¦9223372036854775808]"),
        tensor(
            "a size of 10,000 digits", .json(.badNumber), shape: "[¦" + String(repeating: "9", count: 10_000) + "]"),
        tensor("an offset of 2⁶⁴", .json(.expected(.integer)), offsets: "[0,¦18446744073709551616]"),
        tensor("a negative offset", entryOfA, offsets: "[-16,0]"),
        tensor("one offset", entryOfA, offsets: "[0]"),
        tensor("three offsets", entryOfA, offsets: "[0,16,16]"),
        tensor("a shape that is a number", .json(.expected(.array)), shape: "¦4"),
        tensor("a shape with a comma too many", .json(.expected(.integer)), shape: "[4,¦]"),
        tensor("nine dimensions", entryOfA, shape: "[4,1,1,1,1,1,1,1,1]"),
        tensor("a million dimensions", entryOfA, shape: "[4" + String(repeating: ",1", count: 1_000_000) + "]"),
    ]

    static let fields: [HostileSafetensors] = [
        tensor("a type that there is none of", .file(.type(tensor: "a", name: "F31")), dtype: #""F31""#),
        tensor("a type in small letters", .file(.type(tensor: "a", name: "f32")), dtype: #""f32""#),
        tensor("whole numbers for floats", .file(.type(tensor: "a", name: "I32")), dtype: #""I32""#),
        tensor("a type that is a number", .json(.expected(.string)), dtype: "¦32"),
        HostileSafetensors("a tensor of nothing", entryOfA, #"{"a":¦{}}"#),
        HostileSafetensors("no type", entryOfA, #"{"a":¦{"shape":[1],"data_offsets":[0,4]}}"#, numbers: 4),
        HostileSafetensors("no shape", entryOfA, #"{"a":¦{"dtype":"F32","data_offsets":[0,4]}}"#, numbers: 4),
        HostileSafetensors("no offsets", entryOfA, #"{"a":¦{"dtype":"F32","shape":[1]}}"#, numbers: 4),
        HostileSafetensors(
            "a type twice", .json(.duplicateKey("dtype")), #"{"a":{"dtype":"F32","dtype":¦"F32"}}"#),
        HostileSafetensors(
            "metadata twice", .json(.duplicateKey("__metadata__")), #"{"__metadata__":{},"__metadata__":¦{}}"#),
        HostileSafetensors(
            "one key of the metadata twice", .json(.duplicateKey("a")), #"{"__metadata__":{"a":"1","a":¦"2"}}"#),
        HostileSafetensors(
            "a tensor twice", .json(.duplicateKey("a")),
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":¦{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            numbers: 8),
        HostileSafetensors(
            "a tensor twice, once with an escape", .json(.duplicateKey("a")),
            #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\u0061":¦{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#
        ),
    ]

    static let places: [HostileSafetensors] = [
        pair("a tensor within another", .gapOrOverlap(tensor: "b"), "[0,4]", "¦[0,8]", numbers: 8, shapes: (1, 2)),
        pair("a tensor that reaches into the next", .gapOrOverlap(tensor: "b"), "[0,8]", "¦[4,12]", numbers: 12),
        pair("tensors out of order that overlap", .gapOrOverlap(tensor: "a"), "¦[4,12]", "[0,8]", numbers: 12),
        pair("a hole between two tensors", .gapOrOverlap(tensor: "b"), "[0,8]", "¦[16,24]", numbers: 24),
        pair("bytes before the first tensor", .gapOrOverlap(tensor: "a"), "¦[8,16]", "[16,24]", numbers: 24),
        pair("the last tensor four bytes short", .entry(tensor: "b"), "[0,8]", "¦[8,16]", numbers: 12),
        tensor("a tensor after the end", entryOfA, offsets: "[16,32]"),
        tensor("a tensor that ends before it begins", entryOfA, offsets: "[16,0]"),
        tensor("an end of 2⁶³ − 1", entryOfA, offsets: "[0,9223372036854775807]"),
        tensor("a shape too small for its bytes", sizeOfA, shape: "[3]"),
        tensor("a shape too large for its bytes", sizeOfA, shape: "[5]"),
        tensor("a type too large for its bytes", sizeOfA, dtype: #""F64""#),
        tensor("a type too small for its bytes", sizeOfA, dtype: #""BF16""#),
        tensor("a single number of 16 bytes", sizeOfA, shape: "[]"),
        tensor("sizes whose product overflows", sizeOfA, shape: "[4294967296,4294967296]"),
        tensor("numbers whose bytes overflow", sizeOfA, shape: "[4611686018427387904]"),
        trailing("bytes without a tensor", "{}", end: 0, bytes: 4),
        trailing(
            "bytes after the last tensor", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, end: 4, bytes: 3),
        trailing("an archive hidden after the header", #"{"__metadata__":{"format":"pt"}}"#, end: 0, bytes: 22),
    ]

    /// A file whose tensors end at `end`, and which goes on for some bytes.
    private static func trailing(_ description: String, _ header: String, end: Int, bytes: Int) -> HostileSafetensors {
        HostileSafetensors(
            description, .file(.rest(bytes: bytes)), at: 8 + header.utf8.count + end, header: Array(header.utf8),
            numbers: end + bytes)
    }
}
