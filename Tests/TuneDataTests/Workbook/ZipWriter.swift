@testable import TuneData

/// Makes zip files and workbooks for tests: parts as they are, with sound heads and checksums.
struct ZipWriter {
    var parts: [(name: String, bytes: [UInt8])] = []

    /// A workbook of one sheet, given as XML; texts that cells share, and styles, where they are wanted.
    init(sheet: String, strings: String? = nil, styles: String? = nil) {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let relations = { (entries: [(String, String)]) in
            "<Relationships>"
                + entries.enumerated().map {
                    "<Relationship Id=\"r\($0.offset)\" Type=\"\(kind)/\($0.element.0)\" Target=\"\($0.element.1)\"/>"
                }.joined() + "</Relationships>"
        }
        add("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")]))
        add("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r0\"/></sheets></workbook>")
        add(
            "xl/_rels/workbook.xml.rels",
            relations([("worksheet", "s.xml"), ("sharedStrings", "t.xml"), ("styles", "y.xml")]))
        add("xl/s.xml", sheet)
        if let strings { add("xl/t.xml", strings) }
        if let styles { add("xl/y.xml", styles) }
    }

    init() {}

    mutating func add(_ name: String, _ text: String) { parts.append((name, Array(text.utf8))) }

    /// The file; `flags` and `method` are written into every head.
    func bytes(flags: Int = 0, method: Int = 0) -> [UInt8] {
        var bytes: [UInt8] = []
        var list: [UInt8] = []
        for part in parts {
            var checksum = Checksum()
            part.bytes.withUnsafeBufferPointer { checksum.add($0) }
            let facts =
                number(20, 2) + number(flags, 2) + number(method, 2) + number(0, 4) + number(Int(checksum.value), 4)
                + number(part.bytes.count, 4) + number(part.bytes.count, 4) + number(part.name.utf8.count, 2)
                + number(0, 2)
            list += number(0x0201_4b50, 4) + number(20, 2) + facts + number(0, 2) + number(0, 2) + number(0, 2)
            list += number(0, 4) + number(bytes.count, 4) + Array(part.name.utf8)
            bytes += number(0x0403_4b50, 4) + facts + Array(part.name.utf8) + part.bytes
        }
        let start = bytes.count
        bytes += list + number(0x0605_4b50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
        return bytes + number(list.count, 4) + number(start, 4) + number(0, 2)
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
