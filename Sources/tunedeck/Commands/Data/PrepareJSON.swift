import TuneData
import TuneModel

extension Preparation {
    /// What `prepare --json` prints.
    func json(_ files: PreparedFiles, in language: Language) -> JSONOutput {
        let task: (name: String, classes: Int?) =
            switch outcome.task {
            case .openEnded: ("open-ended", nil)
            case .classification(let classes): ("classification", classes)
            case .conditional: ("conditional", nil)
            }
        let questions = questions.map { question in
            JSONOutput.object([
                ("id", .text(question.id.rawValue)), ("question", .text(question.title[language])),
                ("count", JSONOutput(question.count)), ("answer", .text(question.isAccepted ? "yes" : "no")),
            ])
        }
        return .object([
            ("file", .text(dataset.path)), ("records_read", JSONOutput(outcome.recordsRead)),
            ("records", JSONOutput(files.trainingRecords + files.validationRecords)), ("task", .text(task.name)),
            ("classes", JSONOutput(task.classes)), ("findings", .list(notices.map { $0.json(in: language) })),
            ("questions", .list(questions)), ("separator", JSONOutput(outcome.separator)),
            ("ending", JSONOutput(outcome.ending)), ("is_written", .bool(files.isWritten)),
            ("training_file", .text(files.training)), ("validation_file", JSONOutput(files.validation)),
            ("recipe", JSONOutput(files.recipe)),
        ])
    }
}
