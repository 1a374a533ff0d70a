public import TuneModel

/// A question before something that cannot be taken back.
public enum Confirm {
    /// What a yes does.
    public enum Consent: Hashable, Sendable {
        case cancelJob(JobID)
        case keepJob(JobID)
        case deleteJob(JobID)
        case cancelJobs([JobID])
        case deleteJobs([JobID])
        case deleteModel(String)
        case deleteAnswer(Int64)
        case deleteEvaluation(String)
        case deleteFile(ServiceName?, FileID)
        /// Of a file that the service has already.
        case uploadFile(ServiceName, path: String)
        case discardEdit
    }

    public struct State: Hashable, Sendable {
        public let question: Wording
        /// What a yes means, in one sentence.
        public let consequence: Wording
        public let consent: Consent
    }
}
