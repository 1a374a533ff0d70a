import TuneModel

extension GGUFFault {
    /// What to do about it.
    var next: Wording {
        switch self {
        case .unreadType:
            Wording("Use a file of this model in Q8_0, Q4_K or F16, say.", "请改用该模型的其他格式文件，例如 Q8_0、Q4_K 或 F16。")
        case .version, .bigEndian:
            Wording("Convert the model again with a current tool.", "请用较新的工具重新转换该模型。")
        default:
            Wording("The file is cut short or damaged; fetch it again.", "文件不完整或已损坏，请重新下载。")
        }
    }

    /// What is wrong, as a sentence.
    var wording: Wording {
        switch self {
        case .bigEndian:
            Wording("the file is for big-endian machines.", "文件为大端字节序。")
        case .version(let version):
            Wording("GGUF version \(version) is not known; 2 and 3 are.", "不支持 GGUF 版本 \(version)，仅支持 2 和 3。")
        case .tooMany(let what, let claimed, let limit):
            Wording(
                "\(what.english) claims \(claimed), and at most \(limit) make sense.",
                "\(what.chinese)声称有 \(claimed)，上限为 \(limit)。")
        case .cutShort(let what, let missing):
            Wording(
                "the file ends within \(what.english); \(missing) bytes are missing.",
                "文件在\(what.chinese)处中断，缺少 \(missing) 字节。")
        case .valueType(let number):
            Wording("there is no value type \(number).", "不存在值类型 \(number)。")
        case .nestedArray:
            Wording("an array within an array is not allowed.", "不允许数组嵌套。")
        case .boolean(let byte):
            Wording("a yes-or-no value is \(byte).", "布尔值为 \(byte)，应为 0 或 1。")
        case .notText(let what):
            Wording("\(what.english) is not UTF-8 text.", "\(what.chinese)不是 UTF-8 文本。")
        case .duplicate(let what, let name):
            Wording("\(what.english) \(name) occurs twice.", "\(what.chinese) \(name) 重复出现。")
        case .alignment:
            Wording(
                "`general.alignment` is not a power of two up to 16777216.", "`general.alignment` 不是 16777216 以内的 2 的幂。"
            )
        case .dimensionCount, .dimension, .overflow, .tensorType, .unreadType, .partialBlock, .tensorCutShort,
            .misaligned, .overlap:
            tensorWording
        }
    }

    private var tensorWording: Wording {
        switch self {
        case .dimensionCount(let count):
            Wording("a tensor has \(count) dimensions; 1 to 4 are possible.", "张量有 \(count) 个维度，应为 1 到 4 个。")
        case .dimension(let tensor, let size):
            Wording("the tensor \(tensor) has a dimension of size \(size).", "张量 \(tensor) 有大小为 \(size) 的维度。")
        case .overflow(let tensor):
            Wording("the tensor \(tensor) is larger than any memory.", "张量 \(tensor) 大得超出任何内存。")
        case .tensorType(let tensor, let number):
            Wording("the tensor \(tensor) has the unknown type \(number).", "张量 \(tensor) 的类型 \(number) 未知。")
        case .unreadType(let tensor, let type):
            Wording(
                "the tensor \(tensor) is stored as \(type), which is not read here.",
                "张量 \(tensor) 采用 \(type) 格式，目前尚不支持。")
        case .partialBlock(let tensor, let columns, let blockSize):
            Wording(
                "a row of the tensor \(tensor) has \(columns) numbers, not a multiple of \(blockSize).",
                "张量 \(tensor) 每行有 \(columns) 个数，不是 \(blockSize) 的整数倍。")
        case .tensorCutShort(let tensor, let missing):
            Wording(
                "the file ends before the tensor \(tensor) does; \(missing) bytes are missing.",
                "文件在张量 \(tensor) 结束前中断，缺少 \(missing) 字节。")
        case .misaligned(let tensor, let offset, let alignment):
            Wording(
                "the tensor \(tensor) begins at \(offset), not a multiple of \(alignment).",
                "张量 \(tensor) 的起始位置 \(offset) 不是 \(alignment) 的整数倍。")
        case .overlap(let tensor, let other):
            Wording("the tensors \(other) and \(tensor) overlap.", "张量 \(other) 与 \(tensor) 相互重叠。")
        default: preconditionFailure("worded elsewhere")
        }
    }
}

extension GGUFFault.What {
    fileprivate var english: String {
        switch self {
        case .header: "the header"
        case .metadata: "the metadata"
        case .key: "the key"
        case .value: "a value"
        case .string: "a string"
        case .array: "an array"
        case .tensor: "the tensor"
        case .tensorName: "a tensor's name"
        }
    }

    fileprivate var chinese: String {
        switch self {
        case .header: "文件头"
        case .metadata: "元数据"
        case .key: "键"
        case .value: "值"
        case .string: "字符串"
        case .array: "数组"
        case .tensor: "张量"
        case .tensorName: "张量名"
        }
    }
}
