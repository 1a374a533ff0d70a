public import Foundation

/// What would leave this machine with a job for a service, and what that would cost; shown before anything leaves.
public struct Departure: Hashable, Sendable {
    /// Where it would go.
    public var service: ServiceName
    public var files: [File]
    /// Examples that would be learned from; nil where the file is only at the service.
    public var examples: Int?
    /// Nil when neither tokens nor price are known.
    public var cost: JobCost?
    /// What a person has to agree to first; empty asks nothing.
    public var questions: [Question]

    /// A file of the job that is on this machine.
    public struct File: Hashable, Sendable {
        public enum Use: String, Hashable, Sendable, CaseIterable { case training, validation }

        public var use: Use
        public var path: String
        public var bytes: Int64
        /// Files that the service has already and that may be this one, the likeliest first; empty when it has to be sent.
        public var candidates: [UploadCandidate]
        /// Secrets and personal data in it: what, and in how many records.
        public var findings: [Finding]

        public init(
            use: Use, path: String, bytes: Int64, candidates: [UploadCandidate] = [], findings: [Finding] = []
        ) {
            self.use = use
            self.path = path
            self.bytes = bytes
            self.candidates = candidates
            self.findings = findings
        }
    }

    /// Why a person is asked.
    public enum Question: Hashable, Sendable {
        /// The estimate is above what may be spent without a question, in dollars.
        case cost(above: Double)
        /// A limit is set, and the cost is not known.
        case unknownCost
        /// Secrets or personal data would leave.
        case findings
    }

    public init(
        service: ServiceName, files: [File], examples: Int? = nil, cost: JobCost? = nil, questions: [Question] = []
    ) {
        self.service = service
        self.files = files
        self.examples = examples
        self.cost = cost
        self.questions = questions
    }

    public var needsConsent: Bool { !questions.isEmpty }

    /// Bytes that would be sent with these choices.
    public func bytesToSend(_ choices: DepartureChoices) -> Int64 {
        files.reduce(0) { $0 + (choices.reuse[$1.path] == nil ? $1.bytes : 0) }
    }
}

/// A file of a service that can stand for one that is here.
public struct UploadCandidate: Hashable, Sendable, Identifiable {
    public enum Match: Hashable, Sendable {
        /// The same bytes, by the hash that was kept when they were sent.
        case bytes
        /// The same name and size; the content was not compared.
        case nameAndSize
    }

    /// The service's id of the file.
    public var id: String
    public var filename: String
    public var uploadedAt: Date
    public var match: Match

    public init(id: String, filename: String, uploadedAt: Date, match: Match) {
        self.id = id
        self.filename = filename
        self.uploadedAt = uploadedAt
        self.match = match
    }
}

/// What a person has decided about a departure.
public struct DepartureChoices: Hashable, Sendable {
    /// The service's ids of files that are taken in place of an upload, by the path of the file here.
    public var reuse: [String: String]
    /// Whether everything that was asked has been agreed to.
    public var isAgreed: Bool

    public init(reuse: [String: String] = [:], isAgreed: Bool = false) {
        self.reuse = reuse
        self.isAgreed = isAgreed
    }
}
