import Synchronization

/// Which form of the protocol the jobs of a service have; found out once.
final class DialectFinder: Sendable {
    private let found: Mutex<ServiceProfile.Dialect?>
    private let line: Line

    init(_ line: Line) {
        self.line = line
        found = Mutex(line.profile.dialect == .auto ? nil : line.profile.dialect)
    }

    /// `.modern` or `.legacy`. The modern form is taken where its addresses exist.
    func dialect() async throws -> ServiceProfile.Dialect {
        if let known = found.withLock({ $0 }) { return known }
        var dialect = ServiceProfile.Dialect.modern
        do {
            _ = try await list("fine_tuning", "jobs")
        } catch let fault as ServiceFault {
            guard case .notFound = fault.asMissing else { throw fault }
            do {
                _ = try await list("fine-tunes")
                dialect = .legacy
            } catch let other as ServiceFault {
                // Neither is there; or the second could not be asked, and nothing is known yet.
                guard case .notFound = other else { throw other }
                throw fault
            }
        }
        found.withLock { $0 = dialect }
        return dialect
    }

    private func list(_ path: String...) async throws -> JSON {
        let answer = try await line.json(Call(path: path, query: [("limit", "1")]))
        guard answer["data"].list != nil else { throw ServiceFault.notThisProtocol(host: line.host) }
        return answer
    }
}

extension ServiceFault {
    /// Services tell of an address that they do not have in several ways.
    fileprivate var asMissing: ServiceFault {
        switch self {
        case .refused(let status, let message, _, _) where status == 501 || status == 410: .notFound(message: message)
        case .notThisProtocol(let host): .notFound(message: host)
        case .serverBroken(let status, let message) where status == 501: .notFound(message: message)
        default: self
        }
    }
}
