public import TuneModel

/// The form that starts a job, everything filled in.
public enum Launch {
    public struct Field: Hashable, Sendable {
        public enum Name: String, CaseIterable, Hashable, Sendable {
            case base, training, validation, split, suffix, steps, epochs, batch, learningRate, rank, seed
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
        public var active = 0
        /// What can be trained from.
        public var bases: [BaseModel]
        public var showsMore = false
        public var estimation = Estimation.running
        public var isStarting = false

        public init(training: String, validation: String?, suffix: String, bases: [BaseModel], base: String?) {
            self.bases = bases
            let chosen = base ?? bases.first?.name ?? "smollm2-135m"
            let texts: [Field.Name: String] = [
                .base: chosen, .training: training, .validation: validation ?? "", .suffix: suffix,
                // A first try should show within minutes whether the data teaches what it should.
                .steps: "200", .epochs: "4", .learningRate: "2e-4", .rank: "8", .seed: "42",
            ]
            fields = Field.Name.allCases.map { Field(name: $0, buffer: TextBuffer(texts[$0] ?? "")) }
        }

        public func text(_ name: Field.Name) -> String {
            fields.first { $0.name == name }.map { $0.buffer.text.trimmed } ?? ""
        }

        /// The fields on show, in order.
        public var visible: [Int] { fields.indices.filter { showsMore || !fields[$0].name.isAdvanced } }

        /// The chosen base, when it is still to be fetched.
        public var missingBase: BaseModel? {
            bases.first { $0.name == text(.base) && !$0.isPresent }
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case fieldMoved(by: Int)
        /// The next of the values that the field can take.
        case choiceChanged
        case moreToggled
        case basesArrived([BaseModel])
        case estimated(JobRequest, Estimation)
        case startAsked
        case startFailed
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            let before = state.fields[state.active].buffer.text
            state.fields[state.active].buffer.apply(edit)
            if state.fields[state.active].buffer.text != before { return estimate(&state) }
        case .fieldMoved(let step):
            let visible = state.visible
            let here = visible.firstIndex(of: state.active) ?? 0
            state.active = visible[(here + step + visible.count) % visible.count]
        case .choiceChanged:
            let choices = state.choices
            guard !choices.isEmpty else { return [] }
            let index = choices.firstIndex(of: state.fields[state.active].buffer.text.trimmed) ?? -1
            state.fields[state.active].buffer.replace(with: choices[(index + 1) % choices.count])
            return estimate(&state)
        case .moreToggled:
            state.showsMore.toggle()
            if state.showsMore {
                state.active = state.fields.firstIndex { $0.name.isAdvanced } ?? state.active
            } else if state.fields[state.active].name.isAdvanced {
                state.active = 0
            }
        case .basesArrived(let bases):
            let wasMissing = state.missingBase != nil
            state.bases = bases
            if wasMissing || state.estimation == .running { return estimate(&state) }
        case .estimated(let request, let estimation):
            if request == (try? state.request.get()) { state.estimation = estimation }
        case .startAsked:
            guard !state.isStarting, state.missingBase == nil else { return [] }
            switch state.request {
            case .success(let request):
                state.isStarting = true
                return [.createJob(request)]
            case .failure(let fault):
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
        guard case .success(let request) = state.request else { return [.stop(.estimating)] }
        state.estimation = .running
        return [.estimate(request)]
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
