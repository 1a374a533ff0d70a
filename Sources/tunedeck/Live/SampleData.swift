import Foundation
import TuneModel
import TuneStore

/// A dataset that comes with the program.
struct SampleData {
    let name: String
    /// What it is and whose.
    let origin: Wording
    /// Where it lies in this installation.
    let path: String

    /// - Throws: `SampleError.missing` when the program was installed without them.
    static func all() throws -> [SampleData] {
        let folder = try folder()
        return [
            SampleData(
                name: "jargon.jsonl",
                origin: Wording(
                    "2,307 questions and answers from the Jargon File 4.4.7 (public domain)",
                    "取自 Jargon File 4.4.7（公有领域）的 2307 组问答"), path: folder + "/jargon.jsonl"),
            SampleData(
                name: "tang.jsonl", origin: Wording("313 poems of the Tang dynasty (618–907)", "唐诗 313 首（618–907 年）"),
                path: folder + "/tang.jsonl"),
        ]
    }

    /// Writes the dataset into a folder; a file of that name is never replaced.
    func write(to folder: String) throws {
        let target = folder + "/" + name
        do {
            let bytes = try Data(contentsOf: URL(filePath: path))
            try bytes.write(to: URL(filePath: target), options: .withoutOverwriting)
        } catch CocoaError.fileWriteFileExists {
            throw SampleError.exists(path: target)
        } catch {
            throw SampleError.unwritable(path: target, reason: error.localizedDescription)
        }
    }

    /// Beside the program as it was built, or under `share` as it was installed.
    private static func folder() throws -> String {
        let home = URL(filePath: WorkerLauncher.thisProgram).deletingLastPathComponent().path(percentEncoded: false)
        let places = [
            home + "/TuneDeck_tunedeck.resources/Samples", home + "/TuneDeck_tunedeck.bundle/Samples",
            home + "/../share/tunedeck/Samples",
        ]
        guard let folder = places.first(where: { FileManager.default.fileExists(atPath: $0 + "/jargon.jsonl") }) else {
            throw SampleError.missing(places[0])
        }
        return folder
    }
}

/// Why the samples cannot be written.
enum SampleError: ExplainedError, Equatable {
    case missing(String)
    case exists(path: String)
    case unwritable(path: String, reason: String)

    var exitStatus: ExitStatus { .failed }

    var explanation: Explanation {
        switch self {
        case .missing(let folder):
            Explanation(
                Wording("The sample datasets are not where they should be: \(folder).", "示例数据集不在应有的位置：\(folder)。"),
                next: Wording("Build or install TuneDeck again.", "请重新构建或安装 TuneDeck。"))
        case .exists(let path):
            Explanation(
                Wording("\(path) exists and is not replaced.", "\(path) 已存在，不会被替换。"),
                next: Wording("Move it away, or choose another folder with `--to`.", "请把它移走，或用 `--to` 选择其他文件夹。"))
        case .unwritable(let path, let reason):
            Explanation(
                Wording("\(path) cannot be written: \(reason)", "无法写入 \(path)：\(reason)"),
                next: Wording("Choose another folder with `--to`.", "请用 `--to` 选择其他文件夹。"))
        }
    }
}
