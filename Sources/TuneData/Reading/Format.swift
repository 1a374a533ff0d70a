/// How a file spells its records, told by the ending of its name.
public enum Format: String, CaseIterable, Sendable {
    case jsonl, json, csv, tsv, txt

    init(path: String) throws(DataError) {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
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
        case "xlsx", "gz", "parquet":
            throw .formatNotReadYet(file: path, extension: ending)
        default: throw .unknownFormat(file: path, extension: ending)
        }
    }
}
