import Foundation

/// Named numbers with a text, in one file that is whole or absent, and a checksum over all of it that shows damage.
struct SealedFile {
    /// Numbers by name, in the file's order.
    typealias Parts = KeyValuePairs<String, Matrix>

    let text: String
    private let file: Safetensors

    static func write(_ parts: Parts, text: String, to path: String) throws(TrainerError) {
        var seal = Fingerprint()
        seal.combine(text)
        for (_, values) in parts { seal.combine(values.bytes) }
        try Safetensors.write(
            parts.map { (name: $0.key, shape: [$0.value.rows, $0.value.columns], values: $0.value) },
            metadata: ["state": text, "checksum": seal.text], to: path)
    }

    /// Opens a file that is whole and has exactly these parts; nil for any other.
    init?(path: String, parts: [(name: String, rows: Int, columns: Int)]) {
        guard let file = try? Safetensors(path: path), let text = file.metadata["state"],
            file.entries.count == parts.count
        else { return nil }
        var seal = Fingerprint()
        seal.combine(text)
        for part in parts {
            guard file.entries[part.name]?.shape == [part.rows, part.columns], let bytes = file.bytes(of: part.name)
            else { return nil }
            seal.combine(bytes)
        }
        guard file.metadata["checksum"] == seal.text else { return nil }
        self.text = text
        self.file = file
    }

    /// Copies a part's numbers. Whatever is opened has them.
    func copy(_ name: String, to values: Matrix) {
        do {
            try file.copy(name, shape: [values.rows, values.columns], to: values)
        } catch { preconditionFailure("\(name) was there when the file was opened") }
    }

    /// The text alone, without a look at the numbers; nil when there is none.
    static func text(of path: String) -> String? { (try? Safetensors(path: path))?.metadata["state"] }
}
