import TuneData
import TuneModel

extension Deck {
    /// The commands of the screen Jobs, and the start of a job from anywhere.
    static func performOnJobs(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .train: return launch(from: nil, in: &state)
        case .cancelJob:
            guard let job = state.jobs.selected else { return [] }
            state.dialogs.append(.confirm(.cancel(job)))
        case .pauseJob:
            guard let job = state.jobs.selected else { return [] }
            return [job.status == .paused ? .resumeJob(job.id) : .pauseJob(job.id)]
        case .jobResults:
            guard let job = state.jobs.selected else { return [] }
            state.dialogs.append(.results(ResultsTable(job: job.id, title: job.title)))
            return [.loadResults(job.id)]
        case .deleteJob:
            guard let job = state.jobs.selected else { return [] }
            state.dialogs.append(.confirm(.delete(job)))
        case .zoomFollow: return Jobs.update(&state.jobs, .zoomToggled)
        case .askJob:
            guard let job = state.jobs.selected, let model = job.fineTunedModel else { return [] }
            return Ask.update(&state.ask, .modelChosen(model, base: job.model)) + enter(.ask, in: &state)
        default: break
        }
        return []
    }

    /// Opens the form: for what was just prepared, else for the dataset on show.
    static func launch(from base: String?, in state: inout State) -> [Effect] {
        var training = state.browse.current?.facts.path ?? ""
        var validation: String?
        if state.tab == .prepare || training.isEmpty, let files = state.prepare.trainable {
            training = files.training
            validation = files.validation
        }
        let form = Launch.State(
            training: training, validation: validation, suffix: state.jobs.freeName(for: training),
            bases: state.models.bases, base: base)
        state.dialogs.append(.launch(form))
        return state.changeLaunch { Launch.estimate(&$0) } + [.loadModels]
    }
}

extension Jobs.State {
    /// `jargon-1` for `…/jargon_prepared.jsonl`, with the first number that no job has.
    func freeName(for path: String) -> String {
        var stem = path.split(separator: "/").last.map(String.init) ?? ""
        if let dot = stem.lastIndex(of: ".") { stem = String(stem[..<dot]) }
        for ending in ["_train", "_prepared"] where stem.hasSuffix(ending) {
            stem = String(stem.dropLast(ending.count))
        }
        let slug = ModelCard.slug(stem)
        let taken = Set(jobs.compactMap(\.suffix))
        let name = slug.isEmpty ? "model" : slug
        return (1...).lazy.map { "\(name)-\($0)" }.first { !taken.contains($0) } ?? name
    }
}

extension Confirm.State {
    static func cancel(_ job: Job) -> Confirm.State {
        Confirm.State(
            question: Wording("Cancel \(job.title)?", "取消 \(job.title)？"),
            consequence: Wording(
                "It stops after the step it is in; what it has learned so far is not turned into a model.",
                "任务会在当前步骤后停止，已学到的内容不会生成模型。"),
            consent: .cancelJob(job.id))
    }

    static func delete(_ job: Job) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete \(job.title)?", "删除 \(job.title)？"),
            consequence: Wording(
                "Its record, its checkpoints and its model leave this computer for good.",
                "它的记录、检查点和模型将从这台电脑上永久删除。"),
            consent: .deleteJob(job.id))
    }

    static func delete(_ model: ModelCard) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete the model \(model.name)?", "删除模型 \(model.name)？"),
            consequence: Wording("Its files leave this computer for good.", "它的文件将从这台电脑上永久删除。"),
            consent: .deleteModel(model.name))
    }
}
