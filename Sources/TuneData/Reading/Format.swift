/// How a file spells its records.
public enum Format: String, CaseIterable, Sendable {
    case jsonl, json, csv, tsv, txt, xlsx

    /// What the ending of a name says; that of a packed file is the one before `.gz`.
    init(path: String) throws(DataError) {
        let name = Self.unpackedName(path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            throw .unknownFormat(file: path, extension: "")
        }
        let ending = String(name[name.index(after: dot)...])
        switch ending.lowercased() {
        case "jsonl", "ndjson": self = .jsonl
        case "json": self = .json
        case "csv": self = .csv
        case "tsv": self = .tsv
        case "txt": self = .txt
        case "xlsx": self = .xlsx
        case "parquet": throw .formatNotReadYet(file: path, extension: ending)
        default: throw .unknownFormat(file: path, extension: ending)
        }
    }

    /// The name without its folder, and without the ending of a packed file.
    static func unpackedName(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return name.count > 3 && name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
    }
}
