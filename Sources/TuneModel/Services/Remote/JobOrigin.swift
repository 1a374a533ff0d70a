public import Foundation

/// Where a job that is kept in the workspace really runs.
public struct JobOrigin: Hashable, Codable, Sendable {
    public var service: ServiceName
    /// The job's id there.
    public var id: String
    public var contact: Contact
    /// The training and validation file as the service calls them.
    public var trainingFile: String?
    public var validationFile: String?
    public var cost: JobCost?
    /// The answers of the prepare-data questions that its file was written with, a line each; empty when unknown.
    public var preparation: [Wording]
    /// What the service told beside, to be shown.
    public var extras: [RemoteField]

    /// How the line to the service is.
    public enum Contact: Hashable, Codable, Sendable {
        /// It answered when it was last asked.
        case good(at: Date)
        /// It does not answer since then. The job itself may be in the best of health.
        case away(since: Date, why: Explanation)
        /// It answered, and what it said no waiting helps: the key was refused, the job is not there any more.
        case refused(at: Date, why: Explanation)
        case never
    }

    public init(
        service: ServiceName, id: String, contact: Contact = .never, trainingFile: String? = nil,
        validationFile: String? = nil, cost: JobCost? = nil, preparation: [Wording] = [], extras: [RemoteField] = []
    ) {
        self.service = service
        self.id = id
        self.contact = contact
        self.trainingFile = trainingFile
        self.validationFile = validationFile
        self.cost = cost
        self.preparation = preparation
        self.extras = extras
    }
}
