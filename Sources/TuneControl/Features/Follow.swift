public import TuneModel

/// One job, watched as it runs.
public enum Follow {
    public enum Phase: Hashable, Sendable {
        case idle
        case live
        /// The job has ended and everything about it has been read.
        case ended
    }

    public struct State: Hashable, Sendable {
        public var job: JobID?
        public var phase = Phase.idle
        public var loss = Series()
        public var validationLoss = Series()
        public var tokenAccuracy = Series()
        public var sequenceAccuracy = Series()
        public var learningRate = Series()
        public var tokensPerSecond = Series()
        public var latest: StepMetrics?
        /// What happened besides steps, newest last; at most two hundred.
        public var events: [JobEvent] = []

        public init() {}

        mutating func absorb(_ news: [JobEvent]) {
            for event in news {
                guard case .metrics(let step) = event.kind else {
                    events.append(event)
                    continue
                }
                latest = step
                loss.append(step.trainingLoss, at: step.step)
                tokenAccuracy.append(step.trainingTokenAccuracy, at: step.step)
                sequenceAccuracy.append(step.trainingSequenceAccuracy, at: step.step)
                learningRate.append(step.learningRate, at: step.step)
                tokensPerSecond.append(step.tokensPerSecond, at: step.step)
                if let validation = step.validationLoss { validationLoss.append(validation, at: step.step) }
            }
            if events.count > 200 { events.removeFirst(events.count - 200) }
        }
    }

    public enum Action: Hashable, Sendable {
        case opened(JobID)
        case arrived(JobID, [JobEvent])
        case ended(JobID)
        case closed
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .opened(let id):
            guard state.job != id else { return [] }
            state = State()
            state.job = id
            state.phase = .live
            return [.follow(id)]
        case .arrived(let id, let news):
            if id == state.job { state.absorb(news) }
        case .ended(let id):
            if id == state.job { state.phase = .ended }
        case .closed:
            state = State()
            return [.stop(.following)]
        }
        return []
    }
}
