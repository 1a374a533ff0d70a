import Foundation
import TuneClient
import TuneControl
import TuneModel
import TuneStore

/// Tries a service with questions that change nothing.
struct ServiceTrial: Sendable {
    let desk: Desk

    /// - Throws: what keeps it from being used.
    func check(_ name: ServiceName) async throws -> ServiceStanding {
        let service = try desk.services.service(name)
        let clock = ContinuousClock()
        let start = clock.now
        let models = try await service.models.list()
        let seconds = start.duration(to: clock.now) / .seconds(1)
        // Whether it has jobs is found out by asking for them; one that only answers questions has none.
        let hasJobs = (try? await service.jobs.list(after: nil, limit: 1)) != nil
        let dialect = try await service.spokenDialect()
        return ServiceStanding(
            dialect: dialect.rawValue, seconds: seconds, models: models.count, canPause: hasJobs && dialect == .modern)
    }
}
