public import TuneModel

/// Measures models on datasets, and keeps what came of it.
public struct EvaluationClient: Sendable {
    /// What is heard of an evaluation under way.
    public enum News: Sendable {
        case progressed(EvaluationProgress)
        /// Also one that was cancelled, with what it had measured; nil when that was nothing.
        case ended(EvaluationReport, EvaluationSummary)
        case endedEmpty
    }

    /// The evaluations that were made, the newest first.
    public var list: @Sendable () async throws -> [EvaluationCard]
    public var load: @Sendable (_ id: String) async throws -> (EvaluationReport, EvaluationSummary)
    public var delete: @Sendable (_ id: String) async throws -> Void
    /// One at a time; kept when it ends.
    public var run: @Sendable (EvaluationRequest) -> AsyncThrowingStream<News, any Error>
    /// Ends the evaluation under way after what it is at; its news then end.
    public var cancel: @Sendable () async -> Void
    public var estimate: @Sendable (EvaluationRequest) async throws -> EvaluationEstimate
    /// Writes a report in the form that the path's ending says, `.md` or `.html`.
    public var export: @Sendable (_ id: String, _ path: String, Language) async throws -> Void

    public init(
        list: @escaping @Sendable () async throws -> [EvaluationCard],
        load: @escaping @Sendable (String) async throws -> (EvaluationReport, EvaluationSummary),
        delete: @escaping @Sendable (String) async throws -> Void,
        run: @escaping @Sendable (EvaluationRequest) -> AsyncThrowingStream<News, any Error>,
        cancel: @escaping @Sendable () async -> Void,
        estimate: @escaping @Sendable (EvaluationRequest) async throws -> EvaluationEstimate,
        export: @escaping @Sendable (String, String, Language) async throws -> Void
    ) {
        self.list = list
        self.load = load
        self.delete = delete
        self.run = run
        self.cancel = cancel
        self.estimate = estimate
        self.export = export
    }

    /// A world in which nothing is measured.
    public static let none = EvaluationClient(
        list: { [] }, load: { _ in throw CancellationError() }, delete: { _ in },
        run: { _ in AsyncThrowingStream { $0.finish() } }, cancel: {},
        estimate: { _ in EvaluationEstimate(records: 0, seconds: nil) }, export: { _, _, _ in })
}

/// What an evaluation would take.
public struct EvaluationEstimate: Hashable, Sendable {
    /// Records that would be measured.
    public var records: Int
    /// Nil where there is no telling.
    public var seconds: Double?

    public init(records: Int, seconds: Double?) {
        self.records = records
        self.seconds = seconds
    }
}
