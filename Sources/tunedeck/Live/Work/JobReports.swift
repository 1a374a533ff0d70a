import Foundation
import TuneModel

/// The files that a job's folder holds for people and other programs.
enum JobReports {
    /// What the job is, as JSON.
    static func writeSpec(of job: Job, to folder: String) throws {
        try write(job.json.text(isPretty: true) + "\n", to: folder + "/spec.json")
    }

    /// Its steps, as CSV.
    static func writeResults(_ steps: [StepMetrics], withValidation: Bool, to folder: String) throws {
        try write(Results.csv(steps, withValidation: withValidation), to: folder + "/results.csv")
    }

    private static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw UnwritableReport(path: path, reason: error.localizedDescription)
        }
    }
}

/// A report of a job could not be written.
struct UnwritableReport: ExplainedError {
    let path: String
    let reason: String

    var exitStatus: ExitStatus { .failed }
    var explanation: Explanation {
        Explanation(
            Wording("\(path) cannot be written: \(reason)", "无法写入 \(path)：\(reason)"),
            next: Wording("Look at the disk's free space and the folder's rights.", "请检查磁盘剩余空间和文件夹权限。"))
    }
}

/// `train.log` of a job: what its trainer said, with the time, over all of its workers.
final class TrainingLog: Sendable {
    private let descriptor: CInt

    init(folder: String) {
        descriptor = open(folder + "/train.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds a line. The database has the same facts, so a log that cannot be written stops nothing.
    func write(_ line: String) {
        let text = Date.now.formatted(.iso8601) + "  " + line + "\n"
        _ = Array(text.utf8).withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    }
}
