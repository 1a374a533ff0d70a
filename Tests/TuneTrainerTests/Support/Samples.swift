import Foundation
import TuneModel

/// The sample datasets that the program carries.
enum Samples {
    static func records(_ name: String, limit: Int) throws -> [Record] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/tunedeck/Samples/\(name).jsonl").standardized
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").prefix(limit).map { line in
            let row = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
            return .completion(prompt: row["prompt"]!, completion: row["completion"]!)
        }
    }
}
