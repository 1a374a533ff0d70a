import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections whose clients take up a place and do not use it: a body that trickles in, an answer that is not read.
///
/// A head that trickles in is ended by the server's own idle timeout, which counts whole parts of a request only.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let room: ConnectionRoom
    private let limits: ServerOptions.Limits
    private var connection: Connection?
    /// When the request that is coming in began, and its bytes so far.
    private var reading: (start: NIODeadline, bytes: Int)?
    private var readingCheck: Scheduled<Void>?
    private var stallCheck: Scheduled<Void>?
    private var unanswered = 0

    init(room: ConnectionRoom, limits: ServerOptions.Limits) {
        self.room = room
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let connection = Connection(context.channel)
        self.connection = connection
        room.enter(connection)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            reading = (.now(), 0)
            checkReading(context, after: patience)
        case .body(let buffer):
            reading?.bytes += buffer.readableBytes
            // Nothing that is taken here is larger; what was refused is not read to its end either.
            if let reading, reading.bytes > Int(limits.fileBytes) + 1 << 20 {
                return context.close(mode: .all, promise: nil)
            }
        case .end:
            reading = nil
            readingCheck?.cancel()
            readingCheck = nil
            connection?.isAnswered()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if unanswered <= 0 { connection?.beginsWaiting() }
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stallCheck?.cancel()
        stallCheck = nil
        if !context.channel.isWritable {
            stallCheck = context.eventLoop.assumeIsolated().scheduleTask(in: patience) {
                context.close(mode: .all, promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { connection?.leave() }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: - Private

    private var patience: TimeAmount { .nanoseconds(Int64(limits.patience * 1e9)) }

    /// Closes the connection unless the request has come in, or comes in fast enough.
    private func checkReading(_ context: ChannelHandlerContext, after delay: TimeAmount) {
        readingCheck?.cancel()
        readingCheck = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
            guard let reading else { return }
            let seconds = Double((NIODeadline.now() - reading.start).nanoseconds) / 1e9
            if Double(reading.bytes) < limits.slowestRate * seconds {
                context.close(mode: .all, promise: nil)
            } else {
                checkReading(context, after: patience)
            }
        }
    }

    private func end() {
        readingCheck?.cancel()
        stallCheck?.cancel()
        if let connection { room.leave(connection) }
        connection = nil
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
