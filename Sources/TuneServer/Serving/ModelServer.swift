import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
public import TuneModel

/// The OpenAI-compatible server over the workspace.
public struct ModelServer: Sendable {
    private let house: House
    private let log: @Sendable (String) -> Void

    /// - Parameter log: gets one line for each request; it may hold what clients sent.
    /// - Throws: `ServerError.keyMissing` where others than this machine could reach it.
    public init(
        jobs: any JobService, files: any FileService, models: any ModelService, options: ServerOptions,
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(ServerError) {
        guard options.isLoopback || options.key?.isEmpty == false else { throw .keyMissing(host: options.host) }
        house = House(jobs: jobs, files: files, models: models, options: options)
        self.log = log
    }

    /// Serves until the surrounding task is cancelled, or `closing` returns: then nothing new is taken, and what is being
    /// answered is finished.
    ///
    /// - Parameter listening: called with the port once requests are taken.
    /// - Throws: `ServerError.cannotListen`.
    public func run(
        until closing: @escaping @Sendable () async -> Void, listening: @escaping @Sendable (Int) -> Void
    ) async throws {
        await forgetParts()
        let application = application { listening($0.localAddress?.port ?? 0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [application], logger: application.logger))
        let close = Task {
            await closing()
            await group.triggerGracefulShutdown()
        }
        defer { close.cancel() }
        do {
            try await group.run()
        } catch let error as IOError {
            throw ServerError.cannotListen(
                host: house.options.host, port: house.options.port,
                reason: String(cString: strerror(error.errnoCode)))
        } catch let error as SocketAddressError {
            throw ServerError.cannotListen(host: house.options.host, port: house.options.port, reason: "\(error)")
        }
    }

    /// Clients that are connected.
    var connections: Int { house.room.count }

    func application(
        onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) -> Application<RouterResponder<ServerContext>> {
        let (options, room) = (house.options, house.room)
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(room: room, limits: options.limits)],
            idleTimeout: .nanoseconds(Int64(options.limits.patience * 1e9)))
        return Application(
            responder: router().buildResponder(), server: .http1(configuration: http),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: "TuneDeck"),
            onServerRunning: onServerRunning,
            logger: Logger(label: "server", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Parts of uploads that an earlier server did not see the end of.
    private func forgetParts() async {
        let files = (try? await house.files.list()) ?? []
        for file in files where file.purpose == FileDesk.partPurpose { try? await house.files.delete(file.id) }
    }

    private func router() -> Router<ServerContext> {
        let router = Router(context: ServerContext.self)
        let table = RouteTable(house)
        router.add(
            middleware: Reception(options: house.options, room: house.room, methods: table.methods(at:), log: log))
        router.add(middleware: Gate(options: house.options))
        table.add(to: router, hasKey: house.options.key != nil)
        return router
    }
}
