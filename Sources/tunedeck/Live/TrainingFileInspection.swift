import Foundation
import TuneData
import TuneModel

/// Looks at a file that is to be trained on before it is kept.
enum TrainingFileInspection {
    /// What keeps the file at `path`, which its owner calls `name`, from being trained on; nil for another purpose.
    @Sendable
    static func fault(_ path: String, _ name: String, _ purpose: String) -> Explanation? {
        guard purpose == "fine-tune" else { return nil }
        let format = Format(rawValue: URL(filePath: name).pathExtension.lowercased())
        do {
            _ = try TrainingFile.records(at: path, reading: ReadingOptions(format: format))
            return nil
        } catch {
            let told = error.explanation
            // It lies under a name that means nothing to its owner.
            func named(_ text: Wording) -> Wording {
                Wording(text.english.replacing(path, with: name), text.chinese.replacing(path, with: name))
            }
            return Explanation(named(told.what), next: named(told.next))
        }
    }
}
