import TuneModel

/// Several answers to one request, asked for at once.
struct AnswerGroup {
    /// Each with its own seed: the given one, and those that follow it.
    let requests: [AnswerRequest]

    init(_ request: AnswerRequest, count: Int) {
        requests = (0..<count).map { index in
            var one = request
            one.sampling.seed = request.sampling.seed.map { $0 &+ UInt64(index) }
            return one
        }
    }

    /// The parts of all answers as they come, with the number of the answer; the first failure ends them.
    func answers(by models: any ModelService) -> AsyncThrowingStream<(Int, AnswerPart), any Error> {
        let requests = requests
        return AsyncThrowingStream { tap in
            let work = Task {
                do {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for (index, request) in requests.enumerated() {
                            group.addTask {
                                for try await part in models.answer(request) { tap.yield((index, part)) }
                            }
                        }
                        try await group.waitForAll()
                    }
                    tap.finish()
                } catch {
                    tap.finish(throwing: error)
                }
            }
            tap.onTermination = { _ in work.cancel() }
        }
    }
}
