import Foundation
import TuneModel

extension RemoteModels {
    /// Streams an answer. Until its first piece has come a failure is sent again; after that it is told.
    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                let deadline = line.deadline()
                do {
                    try await deadline.hold {
                        try await answer(request, by: deadline) { continuation.yield($0) }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: Trouble.told(error, host: line.host, line: line))
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func answer(
        _ request: AnswerRequest, by deadline: Deadline, _ tell: @escaping @Sendable (AnswerPart) -> Void
    ) async throws {
        let question = AnswerCall(request: request)
        let key = UUID().uuidString
        let opened: Line.Opened
        do {
            opened = try await open(question, "max_tokens", key, by: deadline)
        } catch ServiceFault.refused(_, let message, _, let parameter)
            where question.isChat && (parameter == "max_tokens" || message.contains("max_completion_tokens"))
        {
            // Newer models of some services know it only by its newer name, most other services only by the older one.
            opened = try await open(question, "max_completion_tokens", key + "-2", by: deadline)
        }
        var reading = AnswerReading(request: request)
        if Line.isEventStream(opened.headers) {
            let isOver = try await line.events(of: opened) { values in
                for value in values { for part in reading.parts(of: value) { tell(part) } }
                return true
            }
            guard isOver || reading.isFinished else { throw ServiceFault.cutOff(host: line.host) }
        } else {
            // A service that knows no streams gives all at once.
            for part in reading.parts(of: try await line.json(of: opened)) { tell(part) }
        }
        tell(.finished(try reading.summary(host: line.host)))
    }

    private func open(
        _ question: AnswerCall, _ lengthName: String, _ key: String, by deadline: Deadline
    ) async throws -> Line.Opened {
        var call = try question.call(lengthName: lengthName)
        call.idempotencyKey = key
        return try await line.perform(call, by: deadline) { $0 }
    }
}
