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
        public var endingAccuracy = Series()
        public var validationSequenceAccuracy = Series()
        public var learningRate = Series()
        public var gradientNorm = Series()
        public var tokensPerSecond = Series()
        public var latest: StepMetrics?
        /// What happened besides steps, newest last; at most two hundred.
        public var events: [JobEvent] = []
        /// What the model answered on its way, newest last.
        public var samples: [SampleAnswer] = []
        /// What the course of the run means, a line each, the weightiest first; empty shows nothing.
        public var meaning: [Wording] = []

        public init() {}

        mutating func absorb(_ news: [JobEvent]) {
            for event in news {
                if case .sample(let sample) = event.kind {
                    // A resumed run starts at its last checkpoint, and what it does again replaces what was.
                    samples.removeAll {
                        $0.step > sample.step || $0.step == sample.step && $0.prompt == sample.prompt
                    }
                    samples.append(sample)
                    continue
                }
                guard case .metrics(let step) = event.kind else {
                    events.append(event)
                    continue
                }
                latest = step
                loss.append(step.trainingLoss, at: step.step)
                func note(_ value: Double?, in series: inout Series) {
                    if let value { series.append(value, at: step.step) }
                }
                note(step.trainingTokenAccuracy, in: &tokenAccuracy)
                note(step.trainingSequenceAccuracy, in: &sequenceAccuracy)
                note(step.learningRate, in: &learningRate)
                note(step.gradientNorm, in: &gradientNorm)
                note(step.tokensPerSecond, in: &tokensPerSecond)
                note(step.trainingEndingAccuracy, in: &endingAccuracy)
                note(step.validationSequenceAccuracy, in: &validationSequenceAccuracy)
                note(step.validationLoss, in: &validationLoss)
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
