public import TuneData

/// Looking through a dataset for what training wants, and writing the result.
public struct PreparationClient: Sendable {
    /// Reads the whole file and gives the questions about it; reports the share that is done, 0 to 1, now and then.
    public var analyse:
        @Sendable (_ path: String, _ report: @escaping @Sendable (Double) -> Void) async throws
            -> Preparation
    /// Applies every accepted answer and writes the result beside the input.
    public var write: @Sendable (Preparation) async throws -> PreparedFiles

    public init(
        analyse: @escaping @Sendable (String, @escaping @Sendable (Double) -> Void) async throws -> Preparation,
        write: @escaping @Sendable (Preparation) async throws -> PreparedFiles
    ) {
        self.analyse = analyse
        self.write = write
    }
}
