import Foundation
import TuneModel

/// The files that clients see: those that were uploaded, and the results of jobs, which exist as files only here.
struct FileDesk: Sendable {
    let files: any FileService
    let jobs: any JobService

    /// A part of an upload that is not complete; nobody sees it.
    static let partPurpose = "upload-part"
    static let resultsPurpose = "fine-tune-results"
    private static let resultsPrefix = "file-results-"

    /// Newest first. The results of jobs are among them only when they are asked for: each has to be written first.
    func list(purpose: String?) async throws -> [StoredFile] {
        if purpose == Self.resultsPurpose {
            var found: [StoredFile] = []
            for job in try await jobs.list(limit: 1_000) where job.status.isFinal {
                if let file = try? await results(of: job) { found.append(file.file) }
            }
            return found
        }
        let all = try await files.list().filter { $0.purpose != Self.partPurpose }
        return purpose.map { purpose in all.filter { $0.purpose == purpose } } ?? all
    }

    func file(_ text: String) async throws -> StoredFile {
        if let job = Self.job(ofResults: text) { return try await results(of: jobs.job(job)).file }
        guard let id = FileID(text) else { throw Self.missing(text) }
        let file = try await files.file(id)
        if file.purpose == Self.partPurpose { throw Self.missing(text) }
        return file
    }

    func content(_ text: String) async throws -> (file: StoredFile, bytes: Data) {
        if let job = Self.job(ofResults: text) {
            let results = try await results(of: jobs.job(job))
            return (results.file, Data(results.csv.utf8))
        }
        let file = try await file(text)
        return (file, try await files.content(of: file.id))
    }

    func delete(_ text: String) async throws -> FileID {
        if Self.job(ofResults: text) != nil {
            throw APIError.refused(
                Wording(
                    "Results belong to their job, and go when it is deleted.", "结果属于其任务，删除任务时一并删除。"),
                param: "file_id")
        }
        let file = try await file(text)
        try await files.delete(file.id)
        return file.id
    }

    /// The results file of a job that has ended; nil before, and when no step was made.
    func resultsFile(of job: Job) async -> StoredFile? {
        guard job.status.isFinal, job.latest != nil else { return nil }
        return try? await results(of: job).file
    }

    static func resultsID(of job: JobID) -> FileID { FileID(resultsPrefix + job.text.dropFirst("ftjob-".count))! }

    // MARK: - Private

    private func results(of job: Job) async throws -> (file: StoredFile, csv: String) {
        let csv = try await jobs.results(of: job.id)
        let file = StoredFile(
            id: Self.resultsID(of: job.id), bytes: Int64(csv.utf8.count), createdAt: job.finishedAt ?? job.createdAt,
            filename: "compiled_results.csv", purpose: Self.resultsPurpose)
        return (file, csv)
    }

    private static func job(ofResults text: String) -> JobID? {
        text.hasPrefix(resultsPrefix) ? JobID("ftjob-" + text.dropFirst(resultsPrefix.count)) : nil
    }

    private static func missing(_ text: String) -> APIError {
        .missing(Wording("There is no file \(text).", "没有文件 \(text)。"), param: "file_id", code: "file_not_found")
    }
}

extension StoredFile {
    func json(in language: Language) -> JSON {
        .object([
            ("id", .text(id.text)), ("object", "file"), ("bytes", .integer(Int(bytes))),
            ("created_at", JSON(createdAt)), ("filename", .text(filename)), ("purpose", .text(purpose)),
            ("status", fault == nil ? "processed" : "error"), ("status_details", JSON(fault?.text(in: language))),
        ])
    }
}
