/// The key of a service, fetched when it is first needed and again after it was refused.
actor KeyRing {
    private let give: @Sendable () async throws -> Secret?
    private var key: Secret?
    private var isFetched = false

    init(_ give: @escaping @Sendable () async throws -> Secret?) { self.give = give }

    /// Nil where the service needs none.
    func current() async throws -> Secret? {
        if isFetched { return key }
        return try await fetch()
    }

    /// A key other than the one that was refused; nil when there is none.
    func renewed(after refused: Secret?) async throws -> Secret? {
        // Another call may have fetched it meanwhile.
        if let key, key.revealed() != refused?.revealed() { return key }
        guard let fresh = try await fetch(), fresh.revealed() != refused?.revealed() else { return nil }
        return fresh
    }

    private func fetch() async throws -> Secret? {
        let fetched = try await give()
        key = fetched?.isEmpty == true ? nil : fetched
        isFetched = true
        return key
    }
}
