import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import TuneModel

/// The line to a service: sends calls, follows redirects, sends again what may be, and hides the key in all that comes
/// back.
final class Line: Sendable {
    let profile: ServiceProfile
    /// Host and port, for people.
    let host: String
    private let keys: KeyRing
    private let secrets: Mutex<[Secret]>
    private let client = Mutex<ClientState>(.unopened)

    private enum ClientState {
        case unopened
        case open(HTTPClient)
        case closed
    }

    /// The head of an answer, and its body as it comes.
    struct Opened: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let host: String
        let body: HTTPClientResponse.Body
    }

    private static let mostRedirects = 5
    /// Bytes of an error's body that are read.
    private static let errorBytes = 1 << 16

    init(_ profile: ServiceProfile) {
        self.profile = profile
        host = Address(profile.baseURL)?.label ?? profile.baseURL.host() ?? ""
        keys = KeyRing(profile.key)
        secrets = Mutex([profile.proxies.http, profile.proxies.https].compactMap(\.self))
    }

    deinit {
        if case .open(let client) = client.withLock({ $0 }) { client.shutdown { _ in } }
    }

    func shutdown() async {
        let state = client.withLock { state in
            defer { state = .closed }
            return state
        }
        if case .open(let client) = state { try? await client.shutdown() }
    }

    func deadline(_ limit: Duration? = nil) -> Deadline { Deadline(host: host, after: limit ?? profile.limits.total) }

    /// A text of the service with every secret hidden.
    func hide(_ text: String) -> String {
        secrets.withLock { $0.reduce(text) { $1.redacting($0) } }
    }

    // MARK: - Calls

    /// Sends a call, again where that is safe, until `read` has made something of its answer.
    func perform<Value: Sendable>(
        _ call: Call, by deadline: Deadline? = nil, _ read: @escaping @Sendable (Opened) async throws -> Value
    ) async throws -> Value {
        let deadline = deadline ?? self.deadline()
        let rule = RetryRule(limits: profile.limits)
        var tries = 0
        while true {
            tries += 1
            let fault: ServiceFault
            var wait = rule.delay(after: tries)
            do {
                return try await once(call, by: deadline, mayRenew: tries <= profile.limits.retries, read)
            } catch let refusal as Refusal {
                guard case .yes(let asked) = refusal.advice else { throw refusal.fault }
                fault = refusal.fault
                wait = asked ?? wait
            } catch let error as ServiceFault {
                guard error.isRetried else { throw error }
                fault = error
            }
            guard call.repeats == .safe, tries <= profile.limits.retries, wait < deadline.left else { throw fault }
            try await Task.sleep(for: wait)
        }
    }

    /// Sends a call once; a second time only with a fresh key after the first was refused.
    ///
    /// - Throws: `Refusal` for an answer that is no success, `ServiceFault` where there is none.
    func once<Value: Sendable>(
        _ call: Call, by deadline: Deadline, mayRenew: Bool = true,
        _ read: @escaping @Sendable (Opened) async throws -> Value
    ) async throws -> Value {
        let client = try openClient()
        return try await deadline.hold { [self] in
            let key = try await keys.current()
            do {
                return try await attempt(call, with: key, on: client, by: deadline, read)
            } catch let refusal as Refusal where refusal.status == 401 && mayRenew {
                guard let fresh = try await keys.renewed(after: key) else { throw refusal }
                return try await attempt(call, with: fresh, on: client, by: deadline, read)
            }
        }
    }

    private func attempt<Value: Sendable>(
        _ call: Call, with key: Secret?, on client: HTTPClient, by deadline: Deadline,
        _ read: @Sendable (Opened) async throws -> Value
    ) async throws -> Value {
        guard let base = Address(profile.baseURL), var address = base.appending(call.path, query: call.query) else {
            throw ServiceFault.badAddress(hide(profile.baseURL.host() ?? profile.name.text))
        }
        if let key {
            secrets.withLock { if !$0.contains(where: { $0.revealed() == key.revealed() }) { $0.append(key) } }
        }
        if key != nil, base.isPlain, !base.isLoopback { throw ServiceFault.keyInTheOpen(host: base.label) }
        do {
            for _ in 0...Self.mostRedirects {
                let request = try request(call, to: address, with: address.isSameOrigin(as: base) ? key : nil, base)
                let response = try await client.execute(request, deadline: .now() + TimeAmount(deadline.left))
                let status = Int(response.status.code)
                if [301, 302, 303, 307, 308].contains(status), let next = response.headers.first(name: "location") {
                    address = try redirect(call, status, from: address, to: next, base)
                    continue
                }
                let opened = Opened(
                    status: status, headers: response.headers, host: address.label, body: response.body)
                guard 200..<300 ~= status else {
                    let body = (try? await collect(opened, limit: Self.errorBytes)) ?? []
                    throw Refusal(
                        status: status, headers: response.headers, body: body, line: self, host: address.label)
                }
                return try await read(opened)
            }
        } catch {
            throw Trouble.told(error, host: address.label, line: self)
        }
        throw ServiceFault.redirectRefused(to: address.label)
    }

    /// Where to go on. Another host gets neither the key nor anything that is sent, and never over an open line.
    private func redirect(
        _ call: Call, _ status: Int, from address: Address, to location: String, _ base: Address
    ) throws -> Address {
        guard let next = address.following(location) else {
            throw ServiceFault.redirectRefused(to: hide(String(location.prefix(200))))
        }
        let isSafe = next.isSameOrigin(as: address) || call.mayLeave && (!next.isPlain || next.isLoopback)
        // Other ways to send on a POST turn it into a GET.
        guard isSafe, call.method == .get || status == 307 || status == 308 else {
            throw ServiceFault.redirectRefused(to: next.label)
        }
        // A machine far away has nothing to ask of the services of this one.
        if next.isLoopback, !base.isLoopback { throw ServiceFault.redirectRefused(to: next.label) }
        return next
    }

    private func request(
        _ call: Call, to address: Address, with key: Secret?, _ base: Address
    ) throws -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address.url.absoluteString)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers.add(name: "user-agent", value: "TuneDeck")
        request.headers.add(name: "accept", value: call.accept)
        request.headers.add(name: "accept-encoding", value: call.isDownload ? "identity" : "gzip, deflate")
        if address.isSameOrigin(as: base) {
            if let key { request.headers.add(name: "authorization", value: "Bearer \(key.revealed())") }
            for (name, value) in [
                ("openai-organization", profile.organization), ("openai-project", profile.project),
                ("idempotency-key", call.idempotencyKey),
            ] where value?.isEmpty == false {
                request.headers.add(name: name, value: value ?? "")
            }
        }
        switch call.body {
        case .none: if call.method == .post { request.body = .bytes(ByteBuffer()) }
        case .json(let json):
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: json.bytes))
        case .pieces(let form):
            request.headers.add(name: "content-type", value: "multipart/form-data; boundary=\(form.boundary)")
            request.body = .stream(try form.pieces(), length: .known(form.length))
        }
        return request
    }

    private func openClient() throws -> HTTPClient {
        try client.withLock { state in
            switch state {
            case .open(let client): return client
            case .closed:
                throw ServiceFault.unreachable(host: host, reason: Wording("the line to it was closed", "与它的连接已关闭"))
            case .unopened:
                let client = HTTPClient(
                    eventLoopGroupProvider: .singleton, configuration: try ClientSettings.of(profile))
                state = .open(client)
                return client
            }
        }
    }
}
