public import TuneModel

/// Draws charts into files.
public struct ChartClient: Sendable {
    /// Writes a chart in the form that the path's ending says: `.svg`, `.png`, or its data as `.csv`.
    public var export: @Sendable (_ sheet: ChartSheet, _ path: String) async throws -> Void

    public init(export: @escaping @Sendable (ChartSheet, String) async throws -> Void) {
        self.export = export
    }

    /// A world in which nothing is written.
    public static let none = ChartClient { _, _ in }
}
