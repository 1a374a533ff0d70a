public import TuneModel

/// Why a workbook cannot be read.
public enum WorkbookProblem: Hashable, Sendable {
    /// The format before 2007, .xls.
    case oldFormat
    case encrypted
    /// The format .xlsb.
    case binary
    /// A zip file, but no workbook.
    case noWorkbook
    case noSheet
    case missingPart
    case notXML
    case cutShort
    case notUTF8
    /// A document type, which could define entities.
    case documentType
    case unknownEntity(String)
    case nestedTooDeep
    /// A text or a tag of more bytes than that.
    case tooLong(limit: Int)
    case noSuchString(String)
    case badCell(String)
    case badRow(String)
}

extension WorkbookProblem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .oldFormat: Wording("is a workbook of the old format .xls.", "是旧格式（.xls）的工作簿。")
        case .encrypted: Wording("is a workbook with a password.", "是有密码保护的工作簿。")
        case .binary: Wording("is a workbook of the binary format .xlsb.", "是二进制格式（.xlsb）的工作簿。")
        case .noWorkbook: Wording("is no .xlsx workbook.", "不是 .xlsx 工作簿。")
        case .noSheet: Wording("has no sheet with cells.", "没有含单元格的工作表。")
        case .missingPart: Wording("is missing in the file.", "在文件中缺失。")
        case .notXML: Wording("is broken XML.", "不是正确的 XML。")
        case .cutShort: Wording("ends in the middle.", "在中途结束。")
        case .notUTF8: Wording("is not written in UTF-8.", "不是 UTF-8 编码。")
        case .documentType: Wording("defines a document type, which no workbook does.", "含有文档类型定义，正常的工作簿不会这样。")
        case .unknownEntity(let name):
            Wording("uses the unknown entity “\(shown(name))”.", "使用了未知实体“\(shown(name))”。")
        case .nestedTooDeep: Wording("nests deeper than any workbook.", "嵌套层数超过正常的工作簿。")
        case .tooLong(let limit):
            Wording("has a cell of more than \(limit >> 20) MB.", "有超过 \(limit >> 20) MB 的单元格。")
        case .noSuchString(let number):
            Wording("refers to the shared text \(shown(number)), which there is not.", "引用了不存在的共享文本 \(shown(number))。")
        case .badCell(let name):
            Wording("has a cell named “\(shown(name))”, which no cell is.", "有名称错误的单元格“\(shown(name))”。")
        case .badRow(let name):
            Wording(
                "has a row numbered “\(shown(name))”, out of order or out of range.", "有行号“\(shown(name))”，顺序或范围有误。")
        }
    }
}
