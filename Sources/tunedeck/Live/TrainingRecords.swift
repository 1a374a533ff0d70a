import TuneData
import TuneModel

/// The records of a file, all in memory, as a run needs them.
struct TrainingRecords {
    let records: [Record]
    /// What they all are; nil where there are none.
    let shape: Record.Shape?
    /// What they have in common around questions and answers.
    let frame: RecordFrame

    var separator: String? { frame.separator }
    var ending: String? { frame.ending }
    var isChat: Bool { frame.isChat }

    /// Reads a file; the first row that cannot be trained ends it with its line.
    init(path: String, limit: Int = .max) throws {
        self.init(Array(try TrainingFile.records(at: path).prefix(limit)))
    }

    init(_ records: [Record]) {
        self.records = records
        shape = records.first?.shape
        frame = RecordFrame(of: records)
    }

    /// Some of the records, with what is common to all of them.
    func replacing(_ records: [Record]) -> TrainingRecords {
        TrainingRecords(records: records, shape: shape, frame: frame)
    }

    private init(records: [Record], shape: Record.Shape?, frame: RecordFrame) {
        self.records = records
        self.shape = shape
        self.frame = frame
    }
}
