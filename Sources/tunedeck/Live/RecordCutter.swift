import TuneModel

/// Cuts records for the dashboard as a base model does; its tokenizer is read once.
actor RecordCutter {
    private let find: @Sendable () async throws -> TokenMeasure?
    private var measure: TokenMeasure?

    /// - Parameter find: reads the tokenizer; nil while the base model is not on this machine.
    init(_ find: @escaping @Sendable () async throws -> TokenMeasure?) { self.find = find }

    func pieces(of record: Record) async throws -> [TokenPiece]? {
        if measure == nil { measure = try await find() }
        return try measure?.pieces(record)
    }
}
