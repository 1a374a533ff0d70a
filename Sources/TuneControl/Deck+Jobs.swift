import TuneData
import TuneModel

extension Deck {
    /// The commands of the screen Jobs, and the start of a job from anywhere.
    static func performOnJobs(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .train:
            if state.tab == .data, let facts = state.browse.current?.facts, facts.edits.isChanged {
                state.askAboutUnsaved(facts, before: .training)
                return []
            }
            return launch(from: nil, at: state.services.current, in: &state)
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
        case .keepJob:
            guard let job = state.jobs.selected else { return [] }
            state.dialogs.append(.confirm(.keep(job)))
        case .moveEarlier, .moveLater:
            guard let job = state.jobs.selected else { return [] }
            return [.moveJob(job.id, command == .moveEarlier ? .up : .down)]
        case .markJob: return Jobs.update(&state.jobs, .markToggled)
        case .compareJobs:
            let jobs = state.jobs.comparable
            state.dialogs.append(.comparison(ComparisonTable(count: jobs.count)))
            return [.compareJobs(jobs)]
        case .compareAnswers: return compare(state.comparableModels, in: &state)
        case .cancelGroup: state.dialogs.append(.confirm(.cancel(state.selectedGroup)))
        case .deleteGroup: state.dialogs.append(.confirm(.delete(state.selectedGroup)))
        case .zoomFollow: return Jobs.update(&state.jobs, .zoomToggled)
        case .askJob:
            guard let job = state.jobs.selected, let model = job.askableModel else { return [] }
            return Ask.update(&state.ask, .modelChosen(model, base: job.askableBase)) + enter(.ask, in: &state)
        default: break
        }
        return []
    }

    /// Opens the form: for what was just prepared, else for the dataset on show.
    ///
    /// - Parameter file: a stored file to learn from instead, and its name.
    static func launch(
        from base: String?, training file: String? = nil, named name: String = "", at service: ServiceName? = nil,
        in state: inout State
    ) -> [Effect] {
        var training = state.browse.current?.facts.path ?? ""
        var validation: String?
        if state.tab == .prepare || training.isEmpty, let files = state.prepare.trainable {
            training = files.training
            validation = files.validation
        }
        if let file { (training, validation) = (file, nil) }
        var form = Launch.State(
            training: training, validation: validation,
            suffix: state.jobs.freeName(for: file == nil ? training : name), bases: state.models.bases, base: base)
        form.services = state.services.names
        if let service { form.set(.place, service.text) }
        state.dialogs.append(.launch(form))
        guard let service, form.service != nil else {
            return state.changeLaunch { Launch.estimate(&$0) } + [.loadModels]
        }
        let effects = state.changeLaunch { form in
            let effects = Launch.moved(&form)
            guard let base else { return effects }
            form.set(.base, base)
            return effects + Launch.estimate(&form)
        }
        // The first look at what the service offers, also where the model is chosen already.
        return effects + (effects.contains(.loadTrainable(service)) ? [] : [.loadTrainable(service)])
    }

    /// What starts at a service is under way before the service knows of it.
    static func startLaunch(in state: inout State) -> [Effect] {
        guard case .launch(let launch) = state.dialogs.last else { return [] }
        if let service = launch.service, state.services.sending != nil {
            let title = state.services.sending?.title ?? service.text
            return [
                .tell(
                    Explanation(
                        Wording("\(title) is still being sent.", "\(title) 仍在发送。"),
                        next: Wording("Wait for it, or stop it with x in Files.", "请等待完成，或在“文件”页按 x 停止。")))
            ]
        }
        let effects = state.changeLaunch { Launch.update(&$0, .startAsked) }
        for case .createRemote(let requests, _) in effects {
            guard let service = launch.service, let first = requests.first else { continue }
            let title = first.suffix ?? ModelCard.stem(of: first.trainingFile)
            _ = Services.update(&state.services, .sendingStarted(Services.Sending(service: service, title: title)))
        }
        return effects
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
            consequence: job.origin.map {
                Wording(
                    "\($0.service) is asked to stop it; what it has used until then may have to be paid.",
                    "将请求 \($0.service) 停止任务；此前已用的部分可能仍需付费。")
            }
                ?? Wording(
                    "It stops after the step it is in; what it has learned so far is not turned into a model.",
                    "任务会在当前步骤后停止，已学到的内容不会生成模型。"),
            consent: .cancelJob(job.id))
    }

    static func keep(_ job: Job) -> Confirm.State {
        Confirm.State(
            question: Wording("Stop \(job.title) and keep what it has learned?", "停止 \(job.title) 并保留已学到的内容？"),
            consequence: Wording(
                "It ends after the step it is in and becomes a model; it cannot go on afterwards.",
                "任务会在当前步骤后结束并生成模型，之后无法继续。"),
            consent: .keepJob(job.id))
    }

    static func cancel(_ group: [Job]) -> Confirm.State {
        let open = group.filter { !$0.status.isFinal }
        return Confirm.State(
            question: Wording("Cancel \(open.count) jobs of this sweep?", "取消这次扫描的 \(open.count) 个任务？"),
            consequence: Wording(
                "Those that wait do not run; what the running one has learned is not turned into a model.",
                "排队的任务不再运行；正在运行的任务已学到的内容不会生成模型。"),
            consent: .cancelJobs(open.map(\.id)))
    }

    static func delete(_ group: [Job]) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete all \(group.count) jobs of this sweep?", "删除这次扫描的全部 \(group.count) 个任务？"),
            consequence: Wording(
                "Their records, their checkpoints and their models leave this computer for good.",
                "它们的记录、检查点和模型将从这台电脑上永久删除。"),
            consent: .deleteJobs(group.map(\.id)))
    }

    static func delete(_ job: Job) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete \(job.title)?", "删除 \(job.title)？"),
            consequence: job.origin.map {
                Wording(
                    "Its record leaves this computer; the job and its model stay at \($0.service).",
                    "本机上的记录将被删除；任务和模型仍留在 \($0.service)。")
            }
                ?? Wording(
                    "Its record, its checkpoints and its model leave this computer for good.",
                    "它的记录、检查点和模型将从这台电脑上永久删除。"),
            consent: .deleteJob(job.id))
    }

    static func delete(_ model: ModelCard) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete the model \(model.name)?", "删除模型 \(model.name)？"),
            consequence: model.service.map {
                Wording(
                    "It leaves \($0) for good; nobody can ask it any more.", "它将从 \($0) 永久删除，之后任何人都无法再使用。")
            } ?? Wording("Its files leave this computer for good.", "它的文件将从这台电脑上永久删除。"),
            consent: .deleteModel(model.name))
    }
}
