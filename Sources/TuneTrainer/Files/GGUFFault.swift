/// What is wrong with a GGUF file's bytes at some place.
public enum GGUFFault: Hashable, Sendable {
    /// Written by a big-endian machine.
    case bigEndian
    case version(UInt32)
    /// More entries or bytes than the stated limit, whether or not the file has them.
    case tooMany(What, claimed: UInt64, limit: UInt64)
    /// The file ends before what it claims to hold.
    case cutShort(What, missing: UInt64)
    case valueType(UInt32)
    case nestedArray
    case boolean(UInt8)
    case notText(What)
    case duplicate(What, name: String)
    /// `general.alignment` is not a power of two of a sensible size.
    case alignment
    case dimensionCount(UInt32)
    case dimension(tensor: String, UInt64)
    /// The product of the sizes does not fit the machine.
    case overflow(tensor: String)
    case tensorType(tensor: String, UInt32)
    /// A type that the format has and this program does not read.
    case unreadType(tensor: String, type: String)
    case partialBlock(tensor: String, columns: Int, blockSize: Int)
    /// The tensor's bytes go on after the file's end.
    case tensorCutShort(tensor: String, missing: UInt64)
    case misaligned(tensor: String, offset: UInt64, alignment: Int)
    case overlap(tensor: String, other: String)

    /// The part of the file that a fault is about.
    public enum What: String, Hashable, Sendable {
        case header, metadata, key, value, string, array, tensor, tensorName
    }
}
