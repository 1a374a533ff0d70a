import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import TuneModel

/// The outermost layer: every request is told in one line, and every failure in the protocol's form.
struct Reception: RouterMiddleware {
    typealias Context = ServerContext

    let options: ServerOptions
    let room: ConnectionRoom
    /// Which methods the server knows at an address, for those who try another.
    let methods: @Sendable (String) -> [String]
    let log: @Sendable (String) -> Void

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let connection = room[context.channel]
        var response: Response
        do {
            response = try await next(request, context)
        } catch is CancellationError {
            response = .toNobody
        } catch let error where connection?.isGone == true || error is ChannelError || error is IOError {
            response = .toNobody
        } catch let error as HTTPParserError {
            // The server itself answers this, and closes the connection.
            throw error
        } catch {
            response = failure(error, request)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        let status = response.status.code
        tell(request, status, start)
        return response
    }

    // MARK: - Private

    private func failure(_ error: any Error, _ request: Request) -> Response {
        if let error = error as? HTTPError, error.status == .notFound { return unknown(request) }
        let told = APIError(error, hiding: options.hiddenFolders)
        var headers: HTTPFields = [:]
        // Clients try again after a 5xx by themselves, which only helps when it is a matter of time.
        if told.status == .internalServerError { headers[.xShouldRetry] = "false" }
        if told.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        if told.status == .serviceUnavailable || told.status == .tooManyRequests { headers[.retryAfter] = "1" }
        return .json(told.json(in: options.language), status: told.status, headers: headers)
    }

    private func unknown(_ request: Request) -> Response {
        let known = methods(request.uri.path)
        let asked = "\(request.method.rawValue) \(request.uri.path)"
        if known.isEmpty {
            let told = APIError.missing(
                Wording("There is nothing at this address: \(asked).", "此地址没有内容：\(asked)。"), code: "unknown_url")
            return .json(told.json(in: options.language), status: .notFound)
        }
        let told = APIError.refused(
            Wording(
                "\(asked) is not possible; this address takes \(known.joined(separator: ", ")).",
                "不支持 \(asked)；此地址接受 \(known.joined(separator: "、"))。"),
            code: "method_not_allowed", status: .methodNotAllowed)
        return .json(
            told.json(in: options.language), status: .methodNotAllowed,
            headers: [.allow: known.joined(separator: ", ")])
    }

    private func tell(_ request: Request, _ status: Int, _ start: ContinuousClock.Instant) {
        let milliseconds = Int((start.duration(to: .now) / .milliseconds(1)).rounded())
        let time = Date.now.formatted(.iso8601)
        log("\(time)  \(request.method.rawValue) \(request.uri.path)  \(status)  \(milliseconds) ms")
    }
}

extension HTTPField.Name {
    static let xShouldRetry = HTTPField.Name("x-should-retry")!
    static let xContentTypeOptions = HTTPField.Name("x-content-type-options")!
}

extension Response {
    /// What stands in the log where the client has gone, or was sent away, before it could be answered.
    static var toNobody: Response { Response(status: HTTPResponse.Status(code: 499, reasonPhrase: "Client Gone")) }

    static func json(_ value: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }
}
