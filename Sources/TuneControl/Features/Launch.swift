public import TuneModel

/// The form that starts a job, everything filled in.
public enum Launch {
    public struct Field: Hashable, Sendable {
        public enum Name: String, CaseIterable, Hashable, Sendable {
            case base, training, validation, suffix, steps, epochs, batch, learningRate, rank, seed
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
            state.active = (state.active + step + state.fields.count) % state.fields.count
        case .choiceChanged:
            guard state.fields[state.active].name == .base, !state.bases.isEmpty else { return [] }
            let index = state.bases.firstIndex { $0.name == state.text(.base) } ?? -1
            state.fields[state.active].buffer.replace(with: state.bases[(index + 1) % state.bases.count].name)
            return estimate(&state)
        case .basesArrived(let bases):
            let wasMissing = state.missingBase != nil
            state.bases = bases
            if wasMissing || state.estimation == .running { return estimate(&state) }
        case .estimated(let request, let estimation):
            if request == (try? state.request.get()) { state.estimation = estimation }
        case .startAsked:
            guard !state.isStarting, state.missingBase == nil, case .success(let request) = state.request
            else { return [] }
            state.isStarting = true
            return [.createJob(request)]
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

extension Launch.State {
    /// What the fields ask for, or the first one that cannot be taken.
    public var request: Result<JobRequest, Launch.Fault> {
        Result { () throws(Launch.Fault) -> JobRequest in
            var hyperparameters = HyperparameterRequest()
            hyperparameters.maxSteps = try whole(.steps, in: 1...1_000_000)
            hyperparameters.epochs = try whole(.epochs, in: 1...1000)
            hyperparameters.batchSize = try whole(.batch, in: 1...256)
            hyperparameters.loraRank = try whole(.rank, in: 1...256)
            hyperparameters.learningRate = try learningRate()
            hyperparameters.seed = try whole(.seed, in: 0...Int.max).map(UInt64.init)
            let training = text(.training)
            guard !training.isEmpty else {
                throw Launch.Fault(field: .training, text: Wording("Which file to train on?", "要用哪个文件训练？"))
            }
            guard !text(.base).isEmpty else {
                throw Launch.Fault(field: .base, text: Wording("Which model to start from?", "从哪个模型开始？"))
            }
            return JobRequest(
                model: text(.base), trainingFile: training,
                validationFile: text(.validation).isEmpty ? nil : text(.validation),
                suffix: text(.suffix).isEmpty ? nil : text(.suffix), hyperparameters: hyperparameters)
        }
    }

    /// A whole number; nothing when the field is left blank, which means "choose for me".
    private func whole(_ name: Launch.Field.Name, in range: ClosedRange<Int>) throws(Launch.Fault) -> Int? {
        let text = text(name)
        if text.isEmpty { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Launch.Fault(
                field: name,
                text: range.upperBound == .max
                    ? Wording("Give a whole number.", "请填写整数。")
                    : Wording(
                        "Give a whole number from \(range.lowerBound) to \(range.upperBound), or nothing.",
                        "请填写 \(range.lowerBound) 到 \(range.upperBound) 之间的整数，或留空。"))
        }
        return number
    }

    private func learningRate() throws(Launch.Fault) -> Double? {
        let text = text(.learningRate)
        if text.isEmpty { return nil }
        guard let number = Double(text), number > 0, number <= 1 else {
            throw Launch.Fault(
                field: .learningRate,
                text: Wording("Give a number such as 2e-4, or nothing.", "请填写像 2e-4 这样的数，或留空。"))
        }
        return number
    }
}

extension String {
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
