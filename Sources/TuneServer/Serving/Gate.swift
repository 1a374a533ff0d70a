import HTTPTypes
import Hummingbird
import TuneModel

/// Whom the server listens to: requests to this machine by its own names, from programs rather than web pages, with the
/// key where there is one.
struct Gate: RouterMiddleware {
    typealias Context = ServerContext

    let options: ServerOptions

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        try checkHost(request)
        let origin = try checkOrigin(request)
        if let origin, request.method == .options { return preflight(origin) }
        if request.uri.path != "/health" { try checkKey(request) }
        var response = try await next(request, context)
        if let origin { response.headers[.accessControlAllowOrigin] = origin }
        return response
    }

    // MARK: - Private

    /// A web page may have its own name point to this machine; then the name in `Host` is the page's.
    private func checkHost(_ request: Request) throws {
        let name = request.head.authority.flatMap(HostName.name(ofHeader:))
        if let name,
            HostName.isLoopback(name) || HostName.isAddress(name) || options.allowedHosts.contains(name)
                || name == options.host.lowercased()
        {
            return
        }
        throw APIError(
            status: .forbidden, kind: .permission,
            message: Wording(
                "Requests to this host name are not served; use 127.0.0.1 or localhost, or name it with --allow-host.",
                "不接受发往此主机名的请求；请使用 127.0.0.1 或 localhost，或用 --allow-host 指定该主机名。"),
            code: "host_not_allowed")
    }

    /// - Returns: the web page that asks, where it may.
    private func checkOrigin(_ request: Request) throws -> String? {
        guard let origin = request.headers[.origin] else { return nil }
        if options.allowedOrigins.contains(origin) { return origin }
        throw APIError(
            status: .forbidden, kind: .permission,
            message: Wording(
                "Web pages may not use this server; --allow-origin names those that may.",
                "网页不能使用此服务器；可用 --allow-origin 指定允许的网页。"),
            code: "origin_not_allowed")
    }

    private func preflight(_ origin: String) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin, .accessControlAllowMethods: "GET, POST, DELETE",
                .accessControlAllowHeaders: "authorization, content-type", .accessControlMaxAge: "600",
            ])
    }

    private func checkKey(_ request: Request) throws {
        guard let key = options.key else { return }
        let header = request.headers[.authorization] ?? ""
        let isBearer = header.prefix(7).lowercased() == "bearer "
        let shown = isBearer ? header.dropFirst(7) : ""
        if isEqual(Array(key.utf8), Array(shown.utf8)) { return }
        let message =
            header.isEmpty
            ? Wording(
                "No API key was given; send it as `Authorization: Bearer KEY`.",
                "没有提供 API 密钥；请以 `Authorization: Bearer 密钥` 发送。")
            : Wording("The API key is not the right one.", "API 密钥不正确。")
        throw APIError(status: .unauthorized, kind: .authentication, message: message, code: "invalid_api_key")
    }

    /// Takes the same time wherever the two differ.
    private func isEqual(_ key: [UInt8], _ shown: [UInt8]) -> Bool {
        var difference = key.count ^ shown.count
        for place in key.indices { difference |= Int(key[place] ^ (place < shown.count ? shown[place] : 0)) }
        return difference == 0
    }
}
