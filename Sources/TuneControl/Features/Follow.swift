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
        /// All that is measured, step by step.
        public var course = RunCourse()
        /// What happened besides steps, newest last; at most two hundred.
        public var events: [JobEvent] = []
        /// What the model answered on its way, newest last.
        public var samples: [SampleAnswer] = []
        /// What the course of the run means, a line each, the weightiest first; empty shows nothing.
        public var meaning: [Wording] = []

        public init() {}

        public var latest: StepMetrics? { course.latest }
        public var loss: Series { course[.loss] }
        public var validationLoss: Series { course[.validationLoss] }

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
                course.absorb(step, at: event.createdAt)
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
