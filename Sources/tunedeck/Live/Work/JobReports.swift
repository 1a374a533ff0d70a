import Foundation
import TuneModel
import TuneTrainer

/// The files that a job's folder holds for people and other programs.
enum JobReports {
    /// What the job is, as JSON.
    static func writeSpec(of job: Job, to folder: String) throws {
        try AtomicFile.write(job.json.text(isPretty: true) + "\n", to: folder + "/spec.json")
    }

    /// Its steps, as CSV.
    static func writeResults(_ steps: [StepMetrics], withValidation: Bool, to folder: String) throws {
        try AtomicFile.write(Results.csv(steps, withValidation: withValidation), to: folder + "/results.csv")
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
