import Hummingbird
import NIOCore

/// Server-sent events: one JSON value each, `[DONE]` at the end.
enum EventStream {
    static let end = "data: [DONE]\n\n"

    static func event(_ value: JSON) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeStaticString("data: ")
        buffer.writeBytes(value.bytes)
        buffer.writeStaticString("\n\n")
        return buffer
    }

    /// A response whose events come as they happen.
    ///
    /// - Parameter write: gets what sends an event, which throws when the client is gone. An error that it throws is the
    ///   last event.
    static func response(
        of connection: Connection?, tellingErrors tell: @escaping @Sendable (any Error) -> JSON,
        _ write: @escaping @Sendable ((JSON) async throws -> Void) async throws -> Void
    ) -> Response {
        let body = ResponseBody { writer in
            var pen = writer
            do {
                try await write { value in
                    if connection?.isGone == true { throw CancellationError() }
                    try await pen.write(event(value))
                }
                try await pen.write(ByteBuffer(string: end))
            } catch let error where !(error is CancellationError) && connection?.isGone != true {
                try await pen.write(event(tell(error)))
            }
            try await pen.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache"], body: body)
    }
}
