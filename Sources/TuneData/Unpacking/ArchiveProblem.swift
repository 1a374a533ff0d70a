public import TuneModel

/// Why a packed file cannot be unpacked.
public enum ArchiveProblem: Hashable, Sendable {
    case truncated
    case corrupt
    case wrongChecksum
    /// Something that is no packed data follows the end.
    case trailingBytes
    /// More comes out of it than `UnpackLimit` allows.
    case tooLarge(limit: Int)
    case encrypted
    /// The form of zip for files beyond 4 GB.
    case zip64
    case unknownMethod(Int)
    /// A zip file without its list of files.
    case noDirectory
    case badDirectory
}

/// How much may come out of packed data, so that a small file cannot fill the disk: 64 MB, or 200 times the packed
/// size where that is more. Texts shrink to a tenth, very repetitive ones to a hundredth.
enum UnpackLimit {
    static let floor = 64 << 20
    static let ratio = 200

    static func bytes(packed: Int) -> Int { max(floor, packed.multipliedReportingOverflow(by: ratio).partialValue) }
}

extension ArchiveProblem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .truncated: Wording("ends in the middle of its packed data.", "在压缩数据中途结束。")
        case .corrupt: Wording("is damaged: its packed data cannot be read on from here.", "已损坏：压缩数据从此处起无法读取。")
        case .wrongChecksum:
            Wording("is damaged: what was unpacked does not match its checksum.", "已损坏：解压后的内容与校验和不符。")
        case .trailingBytes:
            Wording("has something behind its packed data that does not belong there.", "压缩数据之后还有多余内容。")
        case .tooLarge(let limit):
            Wording(
                "unpacks to more than \(limit >> 20) MB, far more than any text would.",
                "解压后超过 \(limit >> 20) MB，远超正常文本。")
        case .encrypted: Wording("is protected with a password.", "有密码保护。")
        case .zip64: Wording("is packed in the form for files beyond 4 GB (zip64).", "采用 4 GB 以上文件的压缩格式（zip64）。")
        case .unknownMethod(let method):
            Wording("is packed in an unusual way (method \(method)).", "采用了不常见的压缩方法（\(method)）。")
        case .noDirectory:
            Wording("has no list of its parts: it is cut short, or no .xlsx file.", "缺少部件目录：文件被截断，或不是 .xlsx 文件。")
        case .badDirectory: Wording("has a list of parts that makes no sense.", "部件目录有误。")
        }
    }

    /// What to do about it.
    var remedy: Wording {
        switch self {
        case .truncated, .corrupt, .wrongChecksum, .noDirectory, .badDirectory:
            Wording("Fetch or copy the file again.", "请重新下载或复制该文件。")
        case .trailingBytes:
            Wording("Unpack it with `gunzip` and look at the result.", "请用 `gunzip` 解压后检查内容。")
        case .tooLarge:
            Wording("If it is meant to be so large, unpack it yourself and open the result.", "若内容确实如此之大，请自行解压后再打开。")
        case .encrypted: Wording("Open it in its program and save it without a password.", "请在原程序中打开并另存为无密码的文件。")
        case .zip64, .unknownMethod:
            Wording("Open it in its program and save it again as .xlsx, or as .csv.", "请在原程序中打开，重新另存为 .xlsx 或 .csv。")
        }
    }
}
