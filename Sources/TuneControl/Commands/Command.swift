public import TuneModel

/// Everything that a person can tell the dashboard to do, except typing text.
///
/// The raw value is the action's identifier in help, palette and key tables: `noun.verb`.
public enum Command: String, CaseIterable, Sendable {
    // Lists
    case down = "list.down"
    case up = "list.up"
    case pageDown = "list.page-down"
    case pageUp = "list.page-up"
    case first = "list.first"
    case last = "list.last"

    // Data
    case openFile = "dataset.open"
    case openSample = "dataset.sample"
    case chooseDataset = "dataset.choose"
    case closeDataset = "dataset.close"
    case checkDataset = "dataset.check"
    case search = "record.search"
    case searchNext = "record.search-next"
    case searchPrevious = "record.search-previous"
    case editRecord = "record.edit"
    case editOutside = "record.edit-outside"
    case addRecord = "record.add"
    case whitespace = "record.whitespace"
    case tokens = "record.tokens"
    case tokenIDs = "record.token-ids"
    case detailDown = "detail.down"
    case detailUp = "detail.up"
    case showFinding = "finding.show"
    case sortByLoss = "record.sort-by-loss"
    case sort = "record.sort"
    case filter = "record.filter"
    case jump = "record.jump"
    case mark = "record.mark"
    case markTo = "record.mark-to"
    case markAll = "record.mark-all"
    case invertMarks = "record.mark-others"
    case clearMarks = "record.unmark"
    case tag = "record.tag"
    case deleteRecords = "record.delete"
    case duplicateRecords = "record.duplicate"
    case bulk = "record.change"
    case undoEdit = "dataset.undo"
    case redoEdit = "dataset.redo"
    case saveDataset = "dataset.save"
    case saveAs = "dataset.save-as"
    case statistics = "dataset.statistics"
    case cancelWork = "dataset.cancel"

    // Prepare
    case prepare = "prepare.open"
    case answerYes = "prepare.yes"
    case answerNo = "prepare.no"
    case answerAll = "prepare.yes-to-all"
    case answerBack = "prepare.back"
    case showRows = "prepare.rows"

    // Jobs
    case train = "job.new"
    case cancelJob = "job.cancel"
    case pauseJob = "job.pause"
    case jobResults = "job.results"
    case deleteJob = "job.delete"
    case zoomFollow = "job.follow"
    case askJob = "job.ask"
    case keepJob = "job.keep"
    case moveEarlier = "job.earlier"
    case moveLater = "job.later"
    case markJob = "job.mark"
    case compareJobs = "job.compare"
    case cancelGroup = "sweep.cancel"
    case deleteGroup = "sweep.delete"

    // Ask
    case ask = "ask.send"
    case typePrompt = "ask.prompt"
    case stopAnswer = "ask.stop"
    case chooseModel = "ask.model"
    case toggleBefore = "ask.before-and-after"
    case correct = "ask.correct"

    // Models
    case askModel = "model.ask"
    case trainModel = "model.train"
    case fetchModel = "model.fetch"
    case deleteModel = "model.delete"

    // Evaluations
    case showEvaluations = "evaluation.list"
    case evaluate = "evaluation.new"
    case openEvaluation = "evaluation.open"
    case deleteEvaluation = "evaluation.delete"
    case cancelEvaluation = "evaluation.stop"
    case sortEvaluation = "evaluation.sort"
    case evaluationModel = "evaluation.model"
    case evaluationClasses = "evaluation.classes"
    case evaluationFilter = "evaluation.filter"
    case exportEvaluation = "evaluation.report"
    case editEvaluated = "evaluation.edit"
    case takeAnswer = "evaluation.correct"
    case toggle = "field.switch"

    // Dialogs
    case accept = "dialog.accept"
    case save = "editor.save"
    case nextField = "field.next"
    case previousField = "field.previous"
    case nextChoice = "field.choice"
    case moreSettings = "launch.more"
    case complete = "field.complete"
    case undo = "edit.undo"
    case redo = "edit.redo"
    case nextTarget = "editor.target"
    case changeRole = "turn.role"
    case changeWeight = "turn.weight"
    case addTurn = "turn.add"
    case removeTurn = "turn.remove"
    case turnEarlier = "turn.earlier"
    case turnLater = "turn.later"
    case confirmYes = "confirm.yes"
    case confirmNo = "confirm.no"

    // The program
    case quit = "app.quit"
    case help = "help.open"
    case palette = "palette.open"
    case log = "log.open"
    case drawer = "drawer.toggle"
    case language = "language.switch"
    case redraw = "screen.redraw"
    case showData = "tab.data"
    case showPrepare = "tab.prepare"
    case showJobs = "tab.jobs"
    case showAsk = "tab.ask"
    case showModels = "tab.models"
    case focusNext = "focus.next"
    case focusPrevious = "focus.previous"
    case back = "app.back"

    /// The whole name, as help and palette show it.
    public var title: Wording { words.title }
    /// A word or two for the footer.
    public var label: Wording { words.label }
    /// The command line that does the same; nil where there is none.
    public var shell: String? { words.shell }
}
