import TuneModel

extension Deck {
    /// The commands of the service switch, and of the form that connects one.
    static func performOnServices(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .showServices:
            state.dialogs.append(.services)
            return [.loadServices]
        case .connectService:
            if state.dialogs.last != .services { state.dialogs.append(.services) }
            state.dialogs.append(.connect(Connect.State(taken: state.services.names)))
        case .checkService:
            guard let card = state.services.selected else { return [] }
            return Services.update(&state.services, .checkAsked(card.name))
        default: break
        }
        return []
    }

    /// Makes the service under the cursor the current one.
    static func chooseService(in state: inout State) -> [Effect] {
        let name = state.services.selected?.name
        state.dialogs.removeLast()
        let effects = Services.update(&state.services, .chosen(name))
        return effects + [.loadModels] + (state.tab == .files ? enter(.files, in: &state) : [])
    }

    static func absorb(_ action: Services.Action, in state: inout State) -> [Effect] {
        if case .added = action, case .connect = state.dialogs.last { state.dialogs.removeLast() }
        let before = state.services.current
        var effects = Services.update(&state.services, action)
        guard case .arrived = action else { return effects }
        let names = state.services.names
        effects += state.changeLaunch { Launch.update(&$0, .servicesArrived(names)) }
        if state.services.current != before, state.tab == .files { effects += enter(.files, in: &state) }
        return effects
    }

    /// Jobs that a service has taken: the person is led to them, unless they have gone elsewhere meanwhile.
    static func remoteJobsCreated(_ jobs: [Job], in state: inout State) -> [Effect] {
        _ = Services.update(&state.services, .sendingEnded)
        guard case .launch = state.dialogs.last else {
            for job in jobs { _ = Jobs.update(&state.jobs, .created(job)) }
            guard let job = jobs.first else { return [] }
            let service = job.origin?.service.text ?? ""
            return [
                .announce(
                    Wording(
                        "\(job.title) is at \(service) now; Jobs follows it.", "\(job.title) 已提交到 \(service)；可在“任务”页跟踪。"
                    ))
            ]
        }
        return jobsCreated(jobs, in: &state)
    }
}

extension Deck.State {
    func allowsService(_ command: Command) -> Bool {
        switch command {
        case .showServices: dialogs.isEmpty
        case .connectService: dialogs.isEmpty || dialogs.last == .services
        case .checkService: dialogs.last == .services && services.selected != nil
        default: false
        }
    }
}
