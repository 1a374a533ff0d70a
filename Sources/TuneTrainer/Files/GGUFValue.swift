/// One value of a GGUF file's metadata.
public enum GGUFValue: Sendable {
    case integer(Int64)
    /// Beyond what `Int64` holds.
    case unsigned(UInt64)
    case number(Double)
    case bool(Bool)
    case string(String)
    case array(GGUFArray)

    /// What it is, for an error.
    var kind: String {
        switch self {
        case .integer, .unsigned: "integer"
        case .number: "number"
        case .bool: "bool"
        case .string: "string"
        case .array(let array): "array of \(array.element)"
        }
    }
}

/// The numbers by which the format tells its value types.
enum GGUFValueType: UInt32 {
    case uint8, int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

    /// Bytes of one value; nil for those whose size their content tells.
    var size: Int? {
        switch self {
        case .uint8, .int8, .bool: 1
        case .uint16, .int16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        case .string, .array: nil
        }
    }
}
