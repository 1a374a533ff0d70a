/// How a tensor's numbers are stored. Quantized types keep blocks of numbers with shared scales.
public enum TensorType: UInt32, CaseIterable, Sendable {
    case f32 = 0
    case f16 = 1
    case q40 = 2
    case q41 = 3
    case q50 = 6
    case q51 = 7
    case q80 = 8
    case q2K = 10
    case q3K = 11
    case q4K = 12
    case q5K = 13
    case q6K = 14
    case iq4NL = 20
    case iq4XS = 23
    case bf16 = 30

    /// Numbers in one block; a row is always a whole number of blocks.
    public var blockSize: Int {
        switch self {
        case .f32, .f16, .bf16: 1
        case .q40, .q41, .q50, .q51, .q80, .iq4NL: 32
        case .q2K, .q3K, .q4K, .q5K, .q6K, .iq4XS: 256
        }
    }

    /// Bytes that one block takes.
    public var blockBytes: Int {
        switch self {
        case .f32: 4
        case .f16, .bf16: 2
        case .q40: 2 + 16
        case .q41: 4 + 16
        case .q50: 2 + 4 + 16
        case .q51: 4 + 4 + 16
        case .q80: 2 + 32
        case .q2K: 16 + 64 + 4
        case .q3K: 32 + 64 + 12 + 2
        case .q4K: 4 + 12 + 128
        case .q5K: 4 + 12 + 32 + 128
        case .q6K: 128 + 64 + 16 + 2
        case .iq4NL: 2 + 16
        case .iq4XS: 2 + 2 + 4 + 128
        }
    }

    /// Bytes of a row of `columns` numbers, which must be whole blocks.
    public func rowBytes(_ columns: Int) -> Int {
        precondition(columns % blockSize == 0, "a row is a whole number of blocks")
        return columns / blockSize * blockBytes
    }

    /// The usual spelling, such as `Q4_1`.
    public var name: String {
        switch self {
        case .f32: "F32"
        case .f16: "F16"
        case .bf16: "BF16"
        case .q40: "Q4_0"
        case .q41: "Q4_1"
        case .q50: "Q5_0"
        case .q51: "Q5_1"
        case .q80: "Q8_0"
        case .q2K: "Q2_K"
        case .q3K: "Q3_K"
        case .q4K: "Q4_K"
        case .q5K: "Q5_K"
        case .q6K: "Q6_K"
        case .iq4NL: "IQ4_NL"
        case .iq4XS: "IQ4_XS"
        }
    }

    /// The name of a type that the format knows and this program does not read; nil when nobody knows the number.
    static func nameOfUnread(_ number: UInt32) -> String? {
        let names: [UInt32: String] = [
            9: "Q8_1", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S",
            21: "IQ3_S", 22: "IQ2_S", 24: "I8", 25: "I16", 26: "I32", 27: "I64",
            28: "F64", 29: "IQ1_M", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4",
        ]
        return names[number]
    }
}
