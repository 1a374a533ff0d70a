/// An .xlsx file: a zip file of XML parts, of which the first sheet's rows are wanted.
struct Workbook {
    let archive: ZipArchive
    /// Name of the part with the first sheet's cells.
    let sheet: String
    /// Sheets with cells in the file.
    let sheetCount: Int
    let strings: SharedStrings
    let styles: CellStyles
    /// Whether days count from 1904.
    let isFrom1904: Bool

    init(_ file: SourceFile) throws(DataError) {
        try Self.refuseOthers(file)
        archive = try ZipArchive(file)
        let main = try Self.mainPart(of: archive)
        let relations = try Relations(of: main, in: archive)
        var sheets: [String] = []
        var isFrom1904 = false
        try Self.scan(main, of: archive) { scanner throws(DataError) in
            guard try scanner.next() == .open else { return }
            if scanner.isNamed("sheet"), let id = scanner.attributeText("id", isPrefixed: true),
                let target = relations.target(id: id, kind: "worksheet")
            {
                sheets.append(target)
            } else if scanner.isNamed("workbookPr") {
                isFrom1904 = ["1", "true", "on"].contains(scanner.attributeText("date1904") ?? "")
            }
        }
        guard let first = sheets.first else { throw Self.fault(.noSheet, main, 0, file) }
        sheet = first
        sheetCount = sheets.count
        self.isFrom1904 = isFrom1904
        strings = try SharedStrings(relations.target(kind: "sharedStrings"), of: archive)
        styles = try CellStyles(relations.target(kind: "styles"), of: archive)
    }

    static func fault(_ problem: WorkbookProblem, _ part: String, _ offset: Int, _ file: SourceFile) -> DataError {
        .badWorkbook(file: file.path, part: part, offset: offset, problem: problem)
    }

    /// Opens a part for scanning; `visit` is called until the scanner is at its end.
    static func scan(
        _ name: String, of archive: ZipArchive, work: DataWork = .quiet,
        _ visit: (XMLScanner) throws(DataError) -> Void
    ) throws(DataError) {
        guard let entry = archive.entry(name) else { throw fault(.missingPart, name, 0, archive.file) }
        let part = try ZipPart(entry, of: archive)
        var isAtEnd = false
        let scanner = try XMLScanner(
            reading: { room throws(DataError) in
                try work.checkpoint(part.share)
                let count = try part.read(into: room)
                isAtEnd = count == 0
                return count
            },
            fault: { fault($0, name, $1, archive.file) })
        while !isAtEnd { try visit(scanner) }
    }

    // MARK: -

    /// Old and encrypted workbooks lie in another container.
    private static func refuseOthers(_ file: SourceFile) throws(DataError) {
        let head = try file.head(512)
        if head.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), head.count == 512 {
            // The directory names the streams, in UTF-16; where it begins stands in the head, in sectors.
            let sector = (48..<52).reversed().reduce(0) { $0 << 8 | Int(head[$1]) }
            let shift = Int(head[30])
            let start = shift == 9 || shift == 12 ? (sector + 1) << shift : 0
            let directory = start < file.size ? try file.bytes(in: start..<min(start + 4096, file.size)) : []
            let mark = "EncryptedPackage".utf8.flatMap { byte -> [UInt8] in [byte, 0] }
            let isEncrypted = directory.withUnsafeBufferPointer { contains($0, mark) }
            throw fault(isEncrypted ? .encrypted : .oldFormat, "", 0, file)
        }
        guard head.starts(with: [0x50, 0x4b]) else { throw fault(.noWorkbook, "", 0, file) }
    }

    private static func mainPart(of archive: ZipArchive) throws(DataError) -> String {
        let main =
            archive.entry("_rels/.rels") == nil
            ? nil : try Relations(of: "", in: archive).target(kind: "officeDocument")
        let name = main ?? "xl/workbook.xml"
        if name.hasSuffix(".bin") || archive.entry("xl/workbook.bin") != nil {
            throw fault(.binary, "", 0, archive.file)
        }
        guard archive.entry(name) != nil else { throw fault(.noWorkbook, "", 0, archive.file) }
        return name
    }
}

/// Which parts a part refers to.
struct Relations {
    private var parts: [(id: String, kind: String, target: String)] = []

    /// Those of a part, or of the whole file when it is named by nothing.
    init(of part: String, in archive: ZipArchive) throws(DataError) {
        let slash = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
        let folder = String(part[..<slash])
        let name = folder + "_rels/" + part[slash...] + ".rels"
        guard archive.entry(name) != nil else { return }
        var found: [(id: String, kind: String, target: String)] = []
        try Workbook.scan(name, of: archive) { scanner throws(DataError) in
            guard try scanner.next() == .open, scanner.isNamed("Relationship"), let id = scanner.attributeText("Id"),
                let type = scanner.attributeText("Type"), let target = scanner.attributeText("Target")
            else { return }
            let kind = type.split(separator: "/").last.map(String.init) ?? ""
            found.append((id, kind, Self.resolved(target, in: folder)))
        }
        parts = found
    }

    func target(id: String, kind: String) -> String? { parts.first { $0.id == id && $0.kind == kind }?.target }
    func target(kind: String) -> String? { parts.first { $0.kind == kind }?.target }

    /// A target is named from the root, or from its part's folder.
    private static func resolved(_ target: String, in folder: String) -> String {
        var path: [Substring] = []
        for step in ((target.hasPrefix("/") ? "" : folder) + target).split(separator: "/") {
            if step == ".." { _ = path.popLast() } else if step != "." { path.append(step) }
        }
        return path.joined(separator: "/")
    }
}
