public import TuneData
public import TuneModel

/// Looking through a dataset for what training wants, and writing the result.
public struct PreparationClient: Sendable {
    /// Reads the whole file and gives the questions about it; reports the share that is done, 0 to 1, now and then.
    public var analyse:
        @Sendable (_ path: String, _ report: @escaping @Sendable (Double) -> Void) async throws
            -> Preparation
    /// Applies every accepted answer and writes the result beside the input.
    public var write: @Sendable (Preparation) async throws -> PreparedFiles
    /// What training on the result will take, in a sentence or two; nil where nothing is known.
    public var cost: @Sendable (PreparedFiles) async throws -> Wording?

    public init(
        analyse: @escaping @Sendable (String, @escaping @Sendable (Double) -> Void) async throws -> Preparation,
        write: @escaping @Sendable (Preparation) async throws -> PreparedFiles,
        cost: @escaping @Sendable (PreparedFiles) async throws -> Wording? = { _ in nil }
    ) {
        self.analyse = analyse
        self.write = write
        self.cost = cost
    }
}
