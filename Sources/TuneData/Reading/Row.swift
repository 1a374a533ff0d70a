public import TuneModel

/// One row of a dataset, read when it was asked for.
public struct Row: Hashable, Sendable {
    /// From 0.
    public let index: Int
    /// Line in the file, from 1.
    public let line: Int
    /// Its bytes, without the line end.
    public let bytes: [UInt8]
    /// What the bytes say; nil when they say no record, and `problem` tells why.
    public let record: Record?
    public let problem: Problem?

    /// Why a row is no record.
    public enum Problem: Hashable, Sendable {
        /// The column counts from 1, in characters.
        case notJSON(JSONProblem, column: Int)
        case record(RecordProblem)
    }

    /// Its bytes as a text; broken ones appear as U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Row.Problem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .notJSON(let problem, _): problem.wording
        case .record(let problem): problem.wording
        }
    }
}
