public import TuneData
public import TuneModel

/// Work that an action asks for, carried out by `EffectRunner` away from the screen.
public enum Effect: Equatable, Sendable {
    case recall(files: [String])
    case remember(Remembered)
    case keep(Preferences)
    case listThemes
    /// Reads a theme, now and whenever its file has changed.
    case watchTheme(String)

    case openSample
    /// One after the other, so that the last one is on show at the end.
    case openDatasets([Remembered.OpenFile])
    case completePath(String)
    case loadRows(path: String, range: Range<Int>)
    /// Rows of a sorted dataset: those at the places from `start` on.
    case loadPicked(path: String, start: Int, rows: [Int])
    case loadLosses(path: String)
    case inspect(path: String)
    case loadStatistics(path: String)
    case query(path: String, RowQuery, losses: [Float]?)
    /// From a place of the list on; `among` are the rows shown, nil for all in the order of the file.
    case findRow(path: String, TextPattern, from: Int, forward: Bool, among: [Int32]?)
    case closeDataset(path: String)

    case edit(path: String, RowEdit)
    case undoEdit(path: String)
    case redoEdit(path: String)
    case previewChange(path: String, RowChange, rows: RangeSet<Int>)
    case saveDataset(path: String, SaveManner)
    case reloadDataset(path: String, keepingEdits: Bool)
    /// At the end of a dataset, open or not.
    /// Cuts a record as the base model would.
    case loadTokens(Record)
    case findEditor
    /// Has a text edited by a program that has the terminal.
    case editOutside(command: [String], text: String, file: String?)
    case discardOutsideFile(String)
    /// Tells a failure that was found while thinking.
    case tell(Explanation)
    /// Tells what was done.
    case say(Wording)
    case appendRecord(path: String, record: Record)

    case analyse(path: String)
    case writePrepared(Preparation)
    case reckonCost(path: String, PreparedFiles)

    case estimate(JobRequest)
    case createJob(JobRequest)
    /// As one group.
    case createJobs([JobRequest])
    /// What would leave with jobs for a service.
    case reckonDeparture([JobRequest])
    /// At a service, with what has to be sent.
    case createRemote([JobRequest], DepartureChoices)
    /// Reads the list again and again, and tells when it has changed.
    case watchJobs
    case loadCurves([JobID])
    /// All measures of jobs, for charts.
    case loadCourses([JobID])
    case exportChart(ChartSheet, path: String)
    case follow(JobID)
    case cancelJob(JobID)
    case pauseJob(JobID)
    case resumeJob(JobID)
    case keepJob(JobID)
    case moveJob(JobID, QueueMove)
    case deleteJob(JobID)
    /// Of a sweep, one after the other.
    case cancelJobs([JobID])
    case deleteJobs([JobID])
    case loadResults(JobID)
    case compareJobs([Job])

    case loadModels
    case fetchBase(String)
    case deleteModel(String)
    case loadHints(model: String)
    case answer(AnswerRequest, AnswerPlace)
    case keepAnswer(AnswerRequest, prompt: String, answer: String, AnswerSummary?)
    case loadAnswers(words: [String])
    case deleteAnswer(Int64)
    /// An order of so many answers that nobody can foresee.
    case drawOrder(Int)
    case vote(Vote)
    case unvote
    case loadVotes
    /// The next record from a row on, in steps of 1 or −1.
    case loadRecord(path: String, row: Int, step: Int)

    case loadServices
    case chooseService(ServiceName?)
    case checkService(ServiceName)
    case addService(NewService)
    case loadTrainable(ServiceName)
    case loadFiles(ServiceName?)
    case findUploads(ServiceName, path: String)
    case uploadFile(ServiceName?, path: String)
    case deleteFile(ServiceName?, FileID)
    case saveFile(ServiceName?, FileID, path: String)
    /// Tells good news that was found while thinking.
    case announce(Wording)

    case loadEvaluations
    case loadEvaluation(String)
    case evaluate(EvaluationRequest)
    case cancelEvaluation
    case estimateEvaluation(EvaluationRequest)
    case deleteEvaluation(String)
    case exportEvaluation(String, path: String, Language)
    /// The record of a dataset that was measured, which is opened for it; what comes of it is told with the answer.
    case findEvaluated(path: String, EvaluatedRecord, answer: String?, isOpen: Bool)

    /// Ends what runs in a lane.
    case stop(Lane)
}

/// Where an answer belongs.
public enum AnswerPlace: Hashable, Sendable {
    /// A side of the screen Ask.
    case ask(Int)
    /// A column of the screen Compare.
    case compare(Int)
}

/// A place where one effect runs at a time; a newer one cancels the older.
public enum Lane: Hashable, Sendable {
    case rows, tokens, finding, losses, completing, preparing, estimating, previewing, statistics
    case inspecting(path: String)
    case querying(path: String)
    case watchingJobs, following, results, comparing, charting
    case models, asking
    case hints(model: String)
    /// A column of those that are compared.
    case contending(Int)
    case history, drawing, votes, picking
    case evaluating, evaluations, evaluation
    case services, files, uploading, sending, remembered
    case checking(ServiceName)
    case offers(ServiceName)
    case remembering, preferences, themes, theme
}

extension Effect {
    /// Nil runs beside everything and is never cancelled by a newer one.
    public var lane: Lane? {
        switch self {
        case .loadRows, .loadPicked: .rows
        case .loadLosses: .losses
        case .inspect(let path): .inspecting(path: path)
        case .loadTokens: .tokens
        case .findRow: .finding
        case .query(let path, _, _): .querying(path: path)
        case .loadStatistics: .statistics
        case .previewChange: .previewing
        case .completePath: .completing
        case .analyse, .reckonCost: .preparing
        case .estimate, .estimateEvaluation, .reckonDeparture: .estimating
        case .createRemote: .sending
        case .loadServices: .services
        case .loadFiles: .files
        case .uploadFile: .uploading
        case .findUploads: .remembered
        case .checkService(let name): .checking(name)
        case .loadTrainable(let name): .offers(name)
        case .evaluate: .evaluating
        case .loadEvaluations: .evaluations
        case .loadEvaluation, .findEvaluated: .evaluation
        case .watchJobs: .watchingJobs
        case .follow: .following
        case .loadResults: .results
        case .compareJobs: .comparing
        case .loadCourses: .charting
        case .loadModels: .models
        case .loadHints(let model): .hints(model: model)
        case .answer(_, .ask): .asking
        case .answer(_, .compare(let place)): .contending(place)
        case .loadAnswers: .history
        case .drawOrder: .drawing
        case .loadVotes: .votes
        case .loadRecord: .picking
        case .remember: .remembering
        case .keep: .preferences
        case .listThemes: .themes
        case .watchTheme: .theme
        case .recall, .openSample, .openDatasets, .closeDataset, .findEditor, .editOutside, .discardOutsideFile, .tell,
            .say,
            .edit, .undoEdit, .redoEdit, .saveDataset, .reloadDataset,
            .appendRecord, .writePrepared, .createJob, .createJobs, .chooseService, .addService, .deleteFile, .saveFile,
            .announce, .loadCurves, .cancelJob, .pauseJob, .resumeJob, .keepJob, .moveJob, .deleteJob, .cancelJobs,
            .deleteJobs,
            .fetchBase, .deleteModel, .keepAnswer, .deleteAnswer, .vote, .unvote, .cancelEvaluation, .deleteEvaluation,
            .exportEvaluation, .exportChart, .stop:
            nil
        }
    }

    /// Goes on by itself without an end in sight; nobody waits for it.
    public var isStanding: Bool {
        switch self {
        case .watchJobs, .follow, .watchTheme: true
        default: false
        }
    }

    /// Must come to its end before the program leaves, or the person's work is lost.
    public var outlivesQuit: Bool {
        switch self {
        case .remember, .keep, .discardOutsideFile, .edit, .undoEdit, .redoEdit, .saveDataset, .reloadDataset,
            .appendRecord, .writePrepared, .createJob, .createJobs, .chooseService, .addService, .deleteFile, .saveFile,
            .cancelJob, .pauseJob, .resumeJob, .keepJob, .moveJob, .deleteJob, .cancelJobs, .deleteJobs, .deleteModel,
            .keepAnswer, .deleteAnswer,
            .vote, .unvote, .deleteEvaluation, .exportEvaluation, .exportChart, .evaluate, .cancelEvaluation:
            true
        default: false
        }
    }
}
