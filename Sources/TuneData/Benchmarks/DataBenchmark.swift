import Foundation

/// How fast this machine works on a file of records.
public enum DataBenchmark {
    public enum Step: String, CaseIterable, Codable, Sendable {
        /// The first rows, as on the first screen.
        case open
        case index
        /// A text that stands nowhere.
        case search
        case check
        /// Finding out what the classic tool asks, and writing with every answer yes.
        case prepare
        /// The file anew, with one row changed.
        case save
    }

    /// What a step took.
    public struct Figure: Hashable, Sendable {
        public let step: Step
        public let seconds: Double
        /// Rows and bytes it went through.
        public let rows: Int
        public let bytes: Int

        public var rowsPerSecond: Double { Double(rows) / max(seconds, 1e-9) }
        public var megabytesPerSecond: Double { Double(bytes) / 1e6 / max(seconds, 1e-9) }
    }

    /// What was measured; a step that the file does not allow is left out.
    public struct Figures: Hashable, Sendable {
        public let rows: Int
        public let bytes: Int
        public let steps: [Figure]
        /// Resident size of the process at its highest, in MB (10⁶ bytes).
        public let peakMemoryMB: Double
    }

    /// Measures all steps on a file, which is not changed: what is written goes into a folder, and is removed again.
    ///
    /// The file is read once before, so that all steps find it in memory as far as it fits there.
    public static func run(on path: String, in folder: String, work: DataWork = .quiet) throws(DataError) -> Figures {
        var steps: [Figure] = []
        let dataset = try Dataset(opening: path, work: work.stretch(0...0.1))
        guard dataset.count > 0 else { throw .noRecords(file: path) }
        func measure(
            _ step: Step, rows: Int? = nil, bytes: Int? = nil, _ body: () throws(DataError) -> Void
        ) throws(DataError) {
            let start = ContinuousClock.now
            try body()
            steps.append(
                Figure(
                    step: step, seconds: (ContinuousClock.now - start) / .seconds(1), rows: rows ?? dataset.count,
                    bytes: bytes ?? dataset.bytes))
        }
        let screen = 0..<min(200, dataset.count)
        let head = try Dataset(headOf: path, rows: screen.count, ReadingOptions())
        let screenBytes = try head.rows(in: screen).reduce(0) { $0 + $1.length + 1 }
        try measure(.open, rows: screen.count, bytes: screenBytes) { () throws(DataError) in
            _ = try Dataset(headOf: path, rows: screen.count, ReadingOptions()).rows(in: screen)
        }
        try measure(.index) { () throws(DataError) in _ = try Dataset(opening: path, work: work.stretch(0.1...0.2)) }
        guard let needle = try? TextPattern("\u{2}\u{3}\u{2}") else { preconditionFailure("is a text") }
        try measure(.search) { () throws(DataError) in
            _ = try dataset.find(needle, work: work.stretch(0.2...0.3))
        }
        try measure(.check) { () throws(DataError) in
            _ = try DatasetCheck.findings(of: dataset, work: work.stretch(0.3...0.6))
        }
        if dataset.isEditable {
            try measurePreparing(dataset, folder, work: work.stretch(0.6...0.9), measure)
            try measureSaving(dataset, folder, work: work.stretch(0.9...1), measure)
        }
        return Figures(rows: dataset.count, bytes: dataset.bytes, steps: steps, peakMemoryMB: peakMemoryMB)
    }

    // MARK: -

    private static var peakMemoryMB: Double {
        var usage = rusage()
        // 0 is RUSAGE_SELF, which the C library spells as an enum and takes as a number.
        getrusage(0, &usage)
        return Double(usage.ru_maxrss) * 1024 / 1e6
    }

    private typealias Measure = (Step, Int?, Int?, () throws(DataError) -> Void) throws(DataError) -> Void

    private static func measurePreparing(
        _ dataset: Dataset, _ folder: String, work: DataWork, _ measure: Measure
    ) throws(DataError) {
        // Prepared files stand beside the one they are made of: here, beside a link to it.
        let link = folder + "/rows.jsonl"
        guard symlink(absolute(dataset.path), link) == 0 else { throw PendingFile.failure(link) }
        defer { unlink(link) }
        var files: PreparedFiles?
        do throws(DataError) {
            try measure(.prepare, nil, nil) { () throws(DataError) in
                let linked = try Dataset(opening: link)
                var preparation = try Preparation(analysing: linked, .classic, work: work.stretch(0...0.4))
                preparation.acceptRest()
                files = try preparation.write(work: work.stretch(0.4...1))
            }
        } catch {
            switch error {
            case .notCompletionData, .missingColumn, .identicalPrompts, .identicalCompletions, .nothingUsable,
                .notJSON:
                return
            default: throw error
            }
        }
        guard let files, files.isWritten else { return }
        for path in [files.training, files.validation, files.recipe].compactMap({ $0 }) { unlink(path) }
    }

    private static func measureSaving(
        _ dataset: Dataset, _ folder: String, work: DataWork, _ measure: Measure
    ) throws(DataError) {
        let path = folder + "/saved.jsonl"
        let file = try PendingFile(for: path)
        try file.copy(0..<dataset.original.size, of: dataset.original)
        try file.sync()
        guard try file.publish() else { throw .nameTaken(file: path) }
        let journals = folder + "/edits"
        defer {
            unlink(path)
            try? FileManager.default.removeItem(atPath: journals)
        }
        // As the dashboard saves: one row differs, the others are copied.
        let draft = try Draft(opening: path, journals: journals)
        let middle = draft.dataset.count / 2
        _ = try draft.apply(.duplicate(RangeSet(middle..<middle + 1)))
        try work.checkpoint(0.5)
        try measure(.save, nil, nil) { () throws(DataError) in try draft.save() }
        try work.checkpoint(1)
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
