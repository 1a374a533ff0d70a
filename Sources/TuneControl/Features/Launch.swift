public import TuneModel

/// The form that starts a job, everything filled in.
public enum Launch {
    public struct Field: Hashable, Sendable {
        public enum Name: String, CaseIterable, Hashable, Sendable {
            case place, base, second, training, validation, split, suffix, steps, epochs, batch, learningRate,
                multiplier
            case rank, seed
            // The other settings, shown when they are asked for.
            case method, tuning, beta, alpha, dropout, targets, rankStabilized, schedule, warmup, accumulation, decay
            case clip, noise, promptWeight, evalSteps, patience, samples, memory

            /// Whether the field is one of the other settings.
            public var isAdvanced: Bool { Self.allCases.firstIndex(of: self)! > Self.allCases.firstIndex(of: .seed)! }
        }

        public let name: Name
        public var buffer: TextBuffer
    }

    public enum Estimation: Hashable, Sendable {
        case running
        case done(LaunchEstimate)
        case failed(Explanation)
    }

    /// Why a field cannot be taken as it stands.
    public struct Fault: Hashable, Sendable {
        public let field: Field.Name
        public let text: Wording
    }

    public struct State: Hashable, Sendable {
        public var fields: [Field]
        /// The field under the cursor, by its place among all.
        public var active = 1
        /// What can be trained from.
        public var bases: [BaseModel]
        /// The services that it can run at.
        public var services: [ServiceName] = []
        /// What those offer for training, as far as they were asked.
        public var offered: [ServiceName: [String]] = [:]
        /// The departure's question under the cursor; nil while the keys go into a field.
        public var question: DepartureRow?
        public var reckoning = Reckoning.none
        public var choices = DepartureChoices()
        public var showsMore = false
        public var estimation = Estimation.running
        public var isStarting = false

        public init(training: String, validation: String?, suffix: String, bases: [BaseModel], base: String?) {
            self.bases = bases
            let chosen = base ?? bases.first?.name ?? "smollm2-135m"
            let texts: [Field.Name: String] = [
                .place: ServiceName.local, .base: chosen, .training: training, .validation: validation ?? "",
                .suffix: suffix,
                // A first try should show within minutes whether the data teaches what it should.
                .steps: "200", .epochs: "4", .learningRate: "2e-4", .rank: "8", .seed: "42",
            ]
            fields = Field.Name.allCases.map { Field(name: $0, buffer: TextBuffer(texts[$0] ?? "")) }
        }

        public func text(_ name: Field.Name) -> String {
            fields.first { $0.name == name }.map { $0.buffer.text.trimmed } ?? ""
        }

        /// The fields on show, in order.
        public var visible: [Int] { fields.indices.filter { isOffered(fields[$0].name) } }

        /// The chosen base, when it is still to be fetched.
        public var missingBase: BaseModel? {
            service != nil ? nil : bases.first { [text(.base), second].contains($0.name) && !$0.isPresent }
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case fieldMoved(by: Int)
        /// The next of the values that the field can take.
        case choiceChanged
        case moreToggled
        case basesArrived([BaseModel])
        case servicesArrived([ServiceName])
        /// What a service offers for training.
        case offersArrived(ServiceName, [String])
        case estimated(JobRequest, Estimation)
        case reckoned([JobRequest], Reckoning)
        /// The question under the cursor is answered in the next way.
        case answered
        case startAsked
        case startFailed
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            let before = state.fields[state.active].buffer.text
            state.fields[state.active].buffer.apply(edit)
            if state.fields[state.active].buffer.text != before {
                return state.fields[state.active].name == .place ? moved(&state) : estimate(&state)
            }
        case .fieldMoved(let step):
            state.move(by: step)
        case .choiceChanged:
            guard state.question == nil else { return update(&state, .answered) }
            let values = state.values
            guard !values.isEmpty else { return [] }
            let index = values.firstIndex(of: state.fields[state.active].buffer.text.trimmed) ?? -1
            state.fields[state.active].buffer.replace(with: values[(index + 1) % values.count])
            return state.fields[state.active].name == .place ? moved(&state) : estimate(&state)
        case .moreToggled:
            state.showsMore.toggle()
            if state.showsMore {
                state.question = nil
                state.active = state.visible.first { state.fields[$0].name.isAdvanced } ?? state.active
            } else if state.fields[state.active].name.isAdvanced {
                state.active = state.visible.first ?? 0
            }
        case .basesArrived(let bases):
            let wasMissing = state.missingBase != nil
            state.bases = bases
            if wasMissing || state.estimation == .running { return estimate(&state) }
        case .servicesArrived(let names):
            state.services = names
        case .offersArrived(let service, let models):
            return take(models, of: service, in: &state)
        case .estimated(let request, let estimation):
            if request == (try? state.request.get()) { state.estimation = estimation }
        case .reckoned(let requests, let reckoning):
            if requests == (try? state.requests.get()) { state.absorb(reckoning) }
        case .answered:
            state.answer()
        case .startAsked:
            guard !state.isStarting, state.missingBase == nil else { return [] }
            switch state.requests {
            case .success(let requests):
                return start(requests, in: &state)
            case .failure(let fault):
                state.question = nil
                // What is wrong may be out of sight.
                if fault.field.isAdvanced { state.showsMore = true }
                state.active = state.fields.firstIndex { $0.name == fault.field } ?? state.active
            }
        case .startFailed:
            state.isStarting = false
        }
        return []
    }

    static func estimate(_ state: inout State) -> [Effect] {
        guard case .success(let requests) = state.requests else {
            state.reckoning = .none
            return [.stop(.estimating)]
        }
        if state.service != nil {
            state.reckoning = .running
            // What was agreed to was another thing.
            state.choices.isAgreed = false
            return [.reckonDeparture(requests)]
        }
        state.estimation = .running
        return [.estimate(requests[0])]
    }
}

extension Launch.Fault: Error {}

extension String {
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
