public import TuneModel

/// What lies over the screen and is asked first. Dialogs are a stack; the last one is on top.
public enum Dialog: Equatable, Sendable {
    case opener(Opener.State)
    case editor(Editor.State)
    case launch(Launch.State)
    case confirm(Confirm.State)
    case palette(Palette.State)
    case results(ResultsTable)
    case picker(ModelPicker)
    case parameters(Parameters.State)
    case history(History.State)
    /// Votes counted; rows scrolled down to.
    case tally(ListState)
    case comparison(ComparisonTable)
    case choice(Choice.State)
    case line(LinePrompt.State)
    case bulk(Bulk.State)
    case statistics(Statistics.State)
    /// The list of evaluations, the one that is looked at, and the form that starts one.
    case evaluations
    case evaluation
    case evaluationForm(EvaluationForm.State)
    /// The switch between services, and the form that configures one.
    case services
    case connect(Connect.State)
    /// The page of charts.
    case charts
    case themes(Looks.Picker)
    /// Rows scrolled down to.
    case help(top: Int)
    case log(ListState)
}

extension Dialog {
    /// Whether the row under its cursor is switched and not typed into.
    var isSwitched: Bool {
        switch self {
        case .connect(let form): form.row == .source
        case .launch(let launch): launch.question != nil
        default: false
        }
    }
}

/// The results of a job, row by row.
public struct ResultsTable: Hashable, Sendable {
    public let job: JobID
    public let title: String
    public var header: [String] = []
    public var rows: [[String]] = []
    public var list = ListState()
    public var isLoaded = false

    public init(job: JobID, title: String) {
        self.job = job
        self.title = title
    }

    /// Takes a results CSV apart; none of its cells can hold a comma.
    mutating func absorb(csv: String) {
        let lines = csv.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        header = lines.first ?? []
        rows = Array(lines.dropFirst())
        // The end of a run is what one looks at first.
        list = ListState(count: rows.count, cursor: rows.count - 1)
        isLoaded = true
    }
}

/// The choice of a model to ask, or of several to compare.
public struct ModelPicker: Hashable, Sendable {
    public let names: [String]
    public var list: ListState
    /// Those chosen to be compared, in the order of their choice; nil where one is chosen.
    public private(set) var marked: [String]?

    public init(names: [String], current: String?) {
        self.names = names
        list = ListState(count: names.count, cursor: names.firstIndex { $0 == current } ?? 0)
    }

    init(names: [String], marked: [String]) {
        self.init(names: names, current: marked.first)
        self.marked = marked.filter { names.contains($0) }
    }

    public var chosen: String? { list.selected.map { names[$0] } }
    /// Whether so many models can stand side by side.
    public var canCompare: Bool { marked.map { Compare.field.contains($0.count) } ?? false }

    /// Marks the model under the cursor, or takes its mark; with all places taken nothing is added.
    mutating func toggleMark() {
        guard var marked, let chosen else { return }
        if let place = marked.firstIndex(of: chosen) {
            marked.remove(at: place)
        } else if marked.count < Compare.field.upperBound {
            marked.append(chosen)
        }
        self.marked = marked
    }
}

/// Jobs side by side.
public struct ComparisonTable: Hashable, Sendable {
    /// Nil while the steps are being read.
    public var comparison: JobComparison?
    public var list: ListState

    public init(count: Int) {
        list = ListState(count: count)
    }

    public var selected: JobComparison.Row? {
        guard let comparison, let row = list.selected, comparison.rows.indices.contains(row) else { return nil }
        return comparison.rows[row]
    }
}
