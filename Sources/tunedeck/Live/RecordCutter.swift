import TuneModel
import TuneStore

/// Cuts records for the dashboard as the standard base model does; its tokenizer is read once.
actor RecordCutter {
    private let desk: Desk
    private var known: TokenMeasure?

    init(_ desk: Desk) { self.desk = desk }

    /// Nil while the base model is not on this machine.
    func measure() async throws -> TokenMeasure? {
        if known == nil { known = try await TokenMeasure.standard(on: desk) }
        return known
    }

    /// Nil while the base model is not on this machine.
    func pieces(of record: Record) async throws -> [TokenPiece]? { try await measure()?.pieces(record) }
}
