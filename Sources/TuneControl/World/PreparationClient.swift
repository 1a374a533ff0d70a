public import TuneData

/// Looking through a dataset for what training wants, and writing the result.
public struct PreparationClient: Sendable {
    /// Reads the whole file and gives the questions about it.
    public var analyse: @Sendable (_ path: String) async throws -> Preparation
    /// Applies every accepted answer and writes the result beside the input.
    public var write: @Sendable (Preparation) async throws -> PreparedFiles

    public init(
        analyse: @escaping @Sendable (String) async throws -> Preparation,
        write: @escaping @Sendable (Preparation) async throws -> PreparedFiles
    ) {
        self.analyse = analyse
        self.write = write
    }
}
