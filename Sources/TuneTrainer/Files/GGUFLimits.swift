/// What a GGUF file may claim. Everything larger is refused before anything is allocated for it.
enum GGUFLimits {
    static let metadata: UInt64 = 65_536
    static let tensors: UInt64 = 65_536
    static let key: UInt64 = 65_535
    static let tensorName: UInt64 = 1_024
    static let dimensions: UInt32 = 4
    /// Bytes of a string that is a value of its own, such as a chat template.
    static let string: UInt64 = 16 << 20
    /// Elements of one array, the vocabulary being the longest.
    static let arrayElements: UInt64 = 1 << 26
    static let alignment: Int64 = 1 << 24
}
