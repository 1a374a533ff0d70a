public import TuneModel

extension Evaluations {
    /// The evaluation that is looked at, record by record, the worst first.
    public struct Opened: Equatable, Sendable {
        public let report: EvaluationReport
        public let summary: EvaluationSummary
        /// What the records are sorted by.
        public private(set) var measure: Measure
        /// The model whose figures sort; nil for the mean of all.
        public private(set) var model: Int?
        /// Letters that a record has to have somewhere; empty for all records.
        public private(set) var filter = ""
        /// Places of the records on show, in the report.
        public private(set) var order: [Int] = []
        public private(set) var list = ListState()
        /// Rows that the record on show is scrolled down by.
        public private(set) var top = 0
        /// Whether the classes are shown in the place of the record.
        public private(set) var showsClasses: Bool

        public enum Action: Equatable, Sendable {
            case moved(Motion, rows: Int)
            /// By the next measure.
            case sorted
            /// By the next model's figures.
            case modelChanged
            case filtered(String)
            case scrolled(to: Int)
            case classesToggled
        }

        public init(_ report: EvaluationReport, _ summary: EvaluationSummary) {
            self.report = report
            self.summary = summary
            measure = report.decisiveMeasure
            // A picture of all the classes says more at first than one record.
            showsClasses = summary.rows.contains { $0.classification != nil }
            arrange()
        }

        /// The record under the cursor, by its place in the report.
        public var selected: Int? { list.selected.map { order[$0] } }

        /// The model whose answer counts where one has to be chosen: that which sorts, else the last.
        public var chosenModel: Int { model ?? max(0, report.models.count - 1) }

        /// The model whose classes are shown.
        public var classification: (model: Int, classes: ClassificationReport)? {
            let models = Array(summary.rows.indices)
            let order = [chosenModel] + models.filter { $0 != chosenModel }
            for model in order where models.contains(model) {
                if let classes = summary.rows[model].classification { return (model, classes) }
            }
            return nil
        }

        mutating func update(_ action: Action) {
            switch action {
            case .moved(let motion, let rows):
                list.move(motion, rows: rows)
                top = 0
            case .sorted:
                let measures = summary.measures
                guard !measures.isEmpty else { return }
                let next = (measures.firstIndex(of: measure) ?? -1) + 1
                measure = measures[next % measures.count]
                arrange()
            case .modelChanged:
                let next = (model ?? -1) + 1
                model = next < report.models.count ? next : nil
                arrange()
            case .filtered(let text):
                filter = text
                arrange()
            case .scrolled(let row):
                top = max(0, row)
            case .classesToggled:
                showsClasses.toggle()
                top = 0
            }
        }

        // MARK: - Private

        /// What was not measured by this measure stands last, in the order of the file.
        private mutating func arrange() {
            let sorted = report.worst(by: measure, model: model)
            let met = Set(sorted)
            let all = sorted + report.records.indices.filter { !met.contains($0) }
            order = filter.isEmpty ? all : all.filter(holds)
            list = ListState(count: order.count)
            top = 0
        }

        private func holds(_ record: Int) -> Bool {
            let needle = filter.lowercased()
            let texts =
                [report.records[record].prompt, report.records[record].expected]
                + report.models.compactMap { $0.outcomes[record].answer?.text }
            return texts.contains { $0.lowercased().contains(needle) }
        }
    }
}
