public import Foundation
public import TuneData
public import TuneModel

/// The whole dashboard: the features, what lies over them, and where the keys go.
public enum Deck {
    public struct State: Equatable, Sendable {
        public var language: Language
        public var tab = Tab.data
        /// The pane that had the keys last, for each screen with more than one.
        var focus: [Tab: Pane] = [:]
        public var dialogs: [Dialog] = []
        public var browse = Browse.State()
        public var detail = Detail.State()
        public var outside = Outside.State()
        public var prepare = Prepare.State()
        public var jobs = Jobs.State()
        public var follow = Follow.State()
        public var charts = Charts.State()
        public var ask = Ask.State()
        public var compare = Compare.State()
        public var models = Models.State()
        public var services = Services.State()
        public var files = Files.State()
        public var evaluations = Evaluations.State()
        public var notices = Notices.State()
        public var looks = Looks.State()
        public var preferences = Preferences()
        /// What the terminal around the screen is to be told.
        public var outbox = Outbox()
        /// How wide the first column was drawn, in columns, by screen.
        public var sides: [Tab: Int] = [:]
        /// The dataset that is being saved, and what it is to be used for then.
        var savedFor: SavedFor?
        /// What was cut or copied last, for every field.
        public var clipboard = ""
        /// Counts wishes to have the screen painted anew.
        public var redraws = 0
        /// Set once the person has quit.
        public var closing: Closing?
        /// Whether what was open last time has been looked up.
        public var isRecalled = false

        public init(language: Language) {
            self.language = language
        }
    }

    /// What a dataset is saved for.
    struct SavedFor: Equatable, Sendable {
        let path: String
        let use: Choice.FileUse
    }

    /// How the dashboard was left.
    public struct Closing: Hashable, Sendable {
        /// What to tell once the terminal is given back.
        public let farewell: Wording?
    }
}

/// Everything that can happen to the dashboard: a person's wishes, and news from effects.
public enum Action: Equatable, Sendable {
    /// The dashboard is on the screen; these files were named on the command line.
    case started(files: [String])
    case recalled(Remembered?, files: [String])
    /// A command, given in a pane that shows this many rows.
    case command(Command, rows: Int)
    /// An edit of the focused text; and, of a text that does not fit its box, the place of the first row that is shown.
    case text(TextEdit, top: Int? = nil)

    case browse(Browse.Action)
    case detail(Detail.Action)
    case outside(Outside.Action)
    case prepare(Prepare.Action)
    case launch(Launch.Action)
    case jobs(Jobs.Action)
    case follow(Follow.Action)
    case charts(Charts.Action)
    case ask(Ask.Action)
    case compare(Compare.Action)
    case parameters(Parameters.Action)
    case history(History.Action)
    /// How a model wants to be asked; nil when nothing is known.
    case hintsArrived(model: String, AskHints?)
    case models(Models.Action)
    case services(Services.Action)
    case connect(Connect.Action)
    case files(Files.Action)
    case evaluations(Evaluations.Action)
    case evaluationForm(EvaluationForm.Action)
    case editor(Editor.Action)
    case opener(Opener.Action)
    case bulk(Bulk.Action)
    case statistics(Statistics.Action)
    case notice(Notices.Action)
    case pointed(Pointing)
    case looks(Looks.Action)

    /// To this row of the help text, as far as there is one.
    case helpScrolled(to: Int)
    case resultsArrived(JobID, csv: String)
    case compared(JobComparison)
    case sampleWritten([String])
    case openFailed(path: String)
    case recordsEdited(EditOutcome, at: Date)
    case recordAppended(path: String, at: Date)
    case datasetSaved(DatasetFacts, SaveManner, at: Date)
    case datasetReloaded(DatasetFacts, unplaced: Int, at: Date)
    /// A dataset could not be saved, since somebody else has changed its file.
    case conflicted(path: String)
    case jobCreated(Job)
    /// Two or more from one form.
    case jobsCreated([Job])
    case remoteJobsCreated([Job])
    /// Files of a service that a file here was sent as before.
    case uploadsFound(ServiceName, path: String, [KnownUpload])
}

extension Deck {
    public static func update(_ state: inout State, _ action: Action) -> [Effect] {
        let effects = carryOut(action, in: &state)
        guard state.tab == .data else { return effects }
        return effects + Detail.update(&state.detail, .shown(state.shownRecord))
    }

    private static func carryOut(_ action: Action, in state: inout State) -> [Effect] {
        switch action {
        case .started(let files):
            return [.recall(files: files), .loadServices, .loadModels, .watchJobs, .watchTheme(state.looks.theme)]
        case .recalled(let remembered, let files):
            return recall(remembered, files: files, in: &state)
        case .command(let command, let rows):
            state.notices.keyPressed()
            return state.allows(command) ? perform(command, rows: rows, in: &state) : []
        case .text(let edit, let top):
            state.notices.keyPressed()
            if let top { state.noteTop(top) }
            return type(edit, in: &state)
        case .browse(let action):
            return absorb(action, in: &state)
        case .detail(let action):
            return Detail.update(&state.detail, action)
        case .outside(let action):
            return absorb(action, in: &state)
        case .prepare(let action):
            return absorb(action, in: &state)
        case .launch(let action):
            return state.changeLaunch { Launch.update(&$0, action) }
        case .jobs(let action):
            return absorb(action, in: &state)
        case .follow(let action):
            let effects = Follow.update(&state.follow, action)
            state.follow.explain(state.followed)
            if case .arrived(let job, let events) = action {
                _ = Charts.update(&state.charts, .arrived(job, events))
            }
            return effects
        case .charts(let action):
            return Charts.update(&state.charts, action)
        case .ask(let action):
            return Ask.update(&state.ask, action)
        case .compare(let action):
            return Compare.update(&state.compare, action)
        case .parameters(let action):
            state.changeParameters { Parameters.update(&$0, action) }
        case .history(let action):
            return state.changeHistory { History.update(&$0, action) }
        case .hintsArrived(let model, let hints):
            return Ask.update(&state.ask, .hintsArrived(model: model, hints))
                + Compare.update(&state.compare, .hintsArrived(model: model, hints))
        case .models(let action):
            return absorb(action, in: &state)
        case .services(let action):
            return absorb(action, in: &state)
        case .connect(let action):
            return state.changeConnect { Connect.update(&$0, action) }
        case .files(let action):
            return Files.update(&state.files, action)
        case .evaluations(let action):
            return absorb(action, in: &state)
        case .evaluationForm(let action):
            return state.changeEvaluationForm { EvaluationForm.update(&$0, action) }
        case .editor(let action):
            return state.changeEditor { Editor.update(&$0, action) }
        case .opener(let action):
            return state.changeOpener { Opener.update(&$0, action) }
        case .bulk(let action):
            return state.changeBulk { Bulk.update(&$0, action) }
        case .statistics(let action):
            state.changeStatistics { Statistics.update(&$0, action) }
        case .pointed(let pointing):
            state.notices.keyPressed()
            return point(pointing, in: &state)
        case .looks(let action):
            return absorb(action, in: &state)
        case .notice(let action):
            Notices.update(&state.notices, action)
        case .helpScrolled(let row):
            if case .help = state.dialogs.last { state.dialogs[state.dialogs.count - 1] = .help(top: max(0, row)) }
        case .resultsArrived(let job, let csv):
            state.changeResults(of: job) { $0.absorb(csv: csv) }
        case .compared(let comparison):
            state.changeComparison { $0.comparison = comparison }
        case .sampleWritten(let paths):
            // The first is the one to show, so it is opened last.
            return [.openDatasets(paths.reversed().map { .init(path: $0, row: 0) })]
        case .openFailed:
            _ = Browse.update(&state.browse, .openFailed)
            return state.changeOpener {
                $0.isOpening = false
                return []
            }
        case .recordsEdited(let outcome, let date): return recordsEdited(outcome, at: date, in: &state)
        case .recordAppended(let path, let date): return recordAppended(path, at: date, in: &state)
        case .datasetSaved(let facts, let manner, let date): return saved(facts, manner, at: date, in: &state)
        case .datasetReloaded(let facts, let unplaced, let date):
            return reloaded(facts, unplaced: unplaced, at: date, in: &state)
        case .conflicted(let path): state.askAboutConflict(path)
        case .jobCreated(let job):
            return jobCreated(job, in: &state)
        case .jobsCreated(let jobs):
            return jobsCreated(jobs, in: &state)
        case .remoteJobsCreated(let jobs):
            return remoteJobsCreated(jobs, in: &state)
        case .uploadsFound(let service, let path, let uploads):
            return uploadsFound(service, path: path, uploads, in: &state)
        }
        return []
    }
}
