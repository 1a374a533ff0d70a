import TuneModel

extension RemoteJobs {
    func follow(_ id: String, known: RemoteEventMarks) -> AsyncThrowingStream<RemoteNews, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                var follower = JobFollower(jobs: self, id: id, known: known.ids) { continuation.yield($0) }
                do {
                    try await follower.run()
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
