import TuneModel

/// What is wrong with a safetensors file's bytes at some place.
public enum SafetensorsFault: Hashable, Sendable {
    /// The header's length, in bytes, is more than the file or the format's limit allows.
    case headerLength(claimed: UInt64, limit: Int)
    /// An entry without type, shape or place, or with a place outside of the file.
    case entry(tensor: String)
    /// The shape and the type need another number of bytes than the entry's place has.
    case size(tensor: String)
    /// Bytes before the tensor that belong to none, or to another one as well.
    case gapOrOverlap(tensor: String)
    /// Bytes after the last tensor.
    case rest(bytes: Int)
    /// A type that is not what this file must hold.
    case type(tensor: String, name: String)
}

extension SafetensorsFault {
    /// What is wrong, as a sentence.
    var wording: Wording {
        switch self {
        case .headerLength(let claimed, let limit):
            Wording(
                "the header claims \(claimed) bytes, and at most \(limit) are possible.",
                "文件头声称有 \(claimed) 字节，上限为 \(limit)。")
        case .entry(let tensor):
            Wording("the entry of the tensor \(tensor) makes no sense.", "张量 \(tensor) 的条目无效。")
        case .size(let tensor):
            Wording(
                "the tensor \(tensor) does not take the bytes that its shape and type need.",
                "张量 \(tensor) 的字节数与其形状和类型不符。")
        case .gapOrOverlap(let tensor):
            Wording(
                "the tensor \(tensor) does not begin where the one before it ends.",
                "张量 \(tensor) 的起点与前一张量的终点不相接。")
        case .rest(let bytes):
            Wording("\(bytes) bytes after the last tensor belong to none.", "最后一个张量之后还有 \(bytes) 个多余的字节。")
        case .type(let tensor, let name):
            Wording(
                "the tensor \(tensor) is stored as \(name), which is not read here.",
                "张量 \(tensor) 采用 \(name) 格式，目前尚不支持。")
        }
    }
}
