import Foundation

/// What prepared files are called: beside the input, after it, and never a name that is taken.
struct PreparedNames: Hashable, Sendable {
    let single: String
    let training: String
    let validation: String

    init(for path: String) {
        let stem = Self.stem(of: path) + "_prepared"
        single = Self.free([stem])[0]
        let parts = Self.free([stem + "_train", stem + "_valid"])
        training = parts[0]
        validation = parts[1]
    }

    /// The recipe that goes with an output.
    static func recipe(for output: String, isSplit: Bool) -> String {
        let base = String(output.dropLast(".jsonl".count))
        guard isSplit, let train = base.range(of: "_prepared_train", options: .backwards) else {
            return base + ".recipe.json"
        }
        return base.replacingCharacters(in: train, with: "_prepared") + ".recipe.json"
    }

    /// The path without its last ending; of a packed file, without both.
    static func stem(of path: String) -> String {
        let isPacked = Format.unpackedName(path).count < (path.split(separator: "/").last?.count ?? 0)
        let path = isPacked ? String(path.dropLast(3)) : path
        let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        guard let dot = path.lastIndex(of: "."), dot > name else { return path }
        return String(path[..<dot])
    }

    /// The first number, shared by all, for which no name is taken.
    static func free(_ stems: [String]) -> [String] {
        var number = 0
        while true {
            let names = stems.map { $0 + (number == 0 ? "" : " (\(number))") + ".jsonl" }
            if names.allSatisfy({ !exists($0) }) { return names }
            number += 1
        }
    }

    /// Dangling links are taken too.
    static func exists(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0
    }
}
