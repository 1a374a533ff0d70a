public import TuneModel

extension Launch {
    /// A question of a departure that the form asks.
    public enum DepartureRow: Hashable, Sendable {
        /// Whether a file is sent, or one that the service has is taken for it.
        case reuse(Departure.File.Use)
        case consent
    }

    /// What would leave, as far as it is reckoned: a departure for each of the jobs.
    public enum Reckoning: Hashable, Sendable {
        case none
        case running
        case done([Departure])
        case failed(Explanation)
    }

    /// Another place to run at has other models, and other settings.
    static func moved(_ state: inout State) -> [Effect] {
        state.question = nil
        state.choices = DepartureChoices()
        state.reckoning = .none
        guard let service = state.service else {
            if state.text(.place) == ServiceName.local {
                state.set(.base, state.bases.first?.name ?? "")
                state.set(.second, "")
                if state.text(.epochs).isEmpty { state.set(.epochs, "4") }
            }
            return estimate(&state)
        }
        // A service chooses better than a habit from here.
        if state.text(.epochs) == "4" { state.set(.epochs, "") }
        state.set(.second, "")
        guard let models = state.offered[service] else {
            state.set(.base, "")
            return [.stop(.estimating), .loadTrainable(service)]
        }
        state.set(.base, models.first ?? "")
        return estimate(&state)
    }

    static func take(_ models: [String], of service: ServiceName, in state: inout State) -> [Effect] {
        state.offered[service] = models
        guard service == state.service, state.text(.base).isEmpty, let first = models.first else { return [] }
        state.set(.base, first)
        return estimate(&state)
    }

    /// Nothing leaves before what it takes is known and agreed to.
    static func start(_ requests: [JobRequest], in state: inout State) -> [Effect] {
        guard state.service != nil else {
            state.isStarting = true
            return [requests.count == 1 ? .createJob(requests[0]) : .createJobs(requests)]
        }
        guard case .done(let departures) = state.reckoning else { return [] }
        if departures.contains(where: \.needsConsent), !state.choices.isAgreed {
            state.question = .consent
            return []
        }
        state.isStarting = true
        return [.createRemote(requests, state.choices)]
    }
}

extension Launch.State {
    /// Where it is to run; nil is this machine, or nowhere that is known.
    public var service: ServiceName? { services.first { $0.text == text(.place) } }

    /// The second model; empty for none.
    public var second: String { isUsed(.second) ? text(.second) : "" }

    /// Whether the service has still to say what it offers.
    public var isAskingOffers: Bool { service.map { offered[$0] == nil && text(.base).isEmpty } ?? false }

    /// Whether a field means anything where the job is to run.
    public func isUsed(_ name: Launch.Field.Name) -> Bool {
        switch name {
        case .place: !services.isEmpty
        case .second: service != nil || bases.count > 1 || !text(.second).isEmpty
        case .base, .training, .validation, .suffix, .epochs, .batch, .seed, .method, .beta, .promptWeight: true
        case .multiplier: service != nil
        case .split, .steps, .learningRate, .rank, .tuning, .alpha, .dropout, .targets, .rankStabilized, .schedule,
            .warmup, .accumulation, .decay, .clip, .noise, .evalSteps, .patience, .samples, .memory:
            service == nil
        }
    }

    func isOffered(_ name: Launch.Field.Name) -> Bool { isUsed(name) && (showsMore || !name.isAdvanced) }

    /// What would leave, when it is known.
    public var departures: [Departure] {
        if service != nil, case .done(let departures) = reckoning { departures } else { [] }
    }

    /// The departure's questions on show, in order.
    public var questions: [Launch.DepartureRow] {
        guard let first = departures.first else { return [] }
        let reuse = first.files.filter { !$0.candidates.isEmpty }.map { Launch.DepartureRow.reuse($0.use) }
        return reuse + (departures.contains(where: \.needsConsent) ? [.consent] : [])
    }

    public func file(_ use: Departure.File.Use) -> Departure.File? { departures.first?.files.first { $0.use == use } }

    /// Dollars of all jobs together; nil when one of them is not known.
    public var dollars: Double? {
        let each = departures.map { $0.cost?.estimatedDollars }
        return each.isEmpty || each.contains(nil) ? nil : each.compactMap(\.self).reduce(0, +)
    }

    // MARK: -

    mutating func set(_ name: Launch.Field.Name, _ text: String) {
        guard let index = fields.firstIndex(where: { $0.name == name }) else { return }
        fields[index].buffer.replace(with: text)
    }

    /// Through the fields on show, and then through the questions.
    mutating func move(by step: Int) {
        let visible = visible
        let questions = questions
        let count = visible.count + questions.count
        let here =
            question.flatMap { questions.firstIndex(of: $0) }.map { visible.count + $0 }
            ?? visible.firstIndex(of: active) ?? 0
        let next = (here + step + count) % count
        question = next < visible.count ? nil : questions[next - visible.count]
        if next < visible.count { active = visible[next] }
    }

    /// What is known to be the same file is not sent again, unless a person wants it.
    mutating func absorb(_ reckoning: Launch.Reckoning) {
        let known = departures.first?.files
        self.reckoning = reckoning
        if let files = departures.first?.files, files != known {
            choices.reuse = Dictionary(
                files.compactMap { file in
                    file.candidates.first { $0.match == .bytes }.map { (file.path, $0.id) }
                }, uniquingKeysWith: { first, _ in first })
        }
        if let question, !questions.contains(question) { self.question = nil }
    }

    /// The next answer to the question under the cursor.
    mutating func answer() {
        switch question {
        case .reuse(let use)?:
            guard let file = file(use) else { return }
            let answers: [String?] = file.candidates.map(\.id) + [nil]
            let here = answers.firstIndex(of: choices.reuse[file.path]) ?? answers.count - 1
            choices.reuse[file.path] = answers[(here + 1) % answers.count]
            // Agreed to was what would have been sent before.
            choices.isAgreed = false
        case .consent?: choices.isAgreed.toggle()
        case nil: break
        }
    }
}
