import TuneModel
import TuneStore

/// Cuts records for the dashboard as the standard base model does; its tokenizer is read once.
actor RecordCutter {
    private let desk: Desk
    private var measure: TokenMeasure?

    init(_ desk: Desk) { self.desk = desk }

    /// Nil while the base model is not on this machine.
    func pieces(of record: Record) async throws -> [TokenPiece]? {
        if measure == nil { measure = try await TokenMeasure.standard(on: desk) }
        return try measure?.pieces(record)
    }
}
