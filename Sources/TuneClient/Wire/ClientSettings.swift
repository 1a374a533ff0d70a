import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTPCompression
import NIOSSL
import TuneModel

/// What a profile means to the library that speaks HTTP.
enum ClientSettings {
    static func of(_ profile: ServiceProfile) throws(ServiceFault) -> HTTPClient.Configuration {
        guard let base = Address(profile.baseURL) else {
            throw .badAddress(profile.baseURL.host() ?? profile.name.text)
        }
        var pool = HTTPClient.Configuration.ConnectionPool(idleTimeout: .seconds(20))
        // Tries are counted by the line.
        pool.retryConnectionEstablishment = false
        var timeout = HTTPClient.Configuration.Timeout(
            connect: TimeAmount(profile.limits.connect), read: TimeAmount(profile.limits.read))
        timeout.write = TimeAmount(profile.limits.read)
        var settings = HTTPClient.Configuration(
            tlsConfiguration: try certificates(profile), redirectConfiguration: .disallow, timeout: timeout,
            connectionPool: pool, proxy: try proxy(profile, for: base),
            decompression: .enabled(limit: .size(profile.limits.answerBytes)))
        settings.httpVersion = .http1Only
        return settings
    }

    private static func certificates(_ profile: ServiceProfile) throws(ServiceFault) -> TLSConfiguration? {
        guard let path = profile.certificateFile else { return nil }
        guard let found = try? NIOSSLCertificate.fromPEMFile(path), !found.isEmpty else {
            throw .badCertificateFile(path: path)
        }
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.additionalTrustRoots = [.certificates(found)]
        return settings
    }

    /// What is on this machine is reached directly: a proxy would take the key off it.
    private static func proxy(
        _ profile: ServiceProfile, for base: Address
    ) throws(ServiceFault) -> HTTPClient.Configuration.Proxy? {
        let secret = base.isPlain ? profile.proxies.http : profile.proxies.https
        guard let text = secret?.revealed(), !text.isEmpty, !base.isLoopback,
            !profile.proxies.exceptions.contains(where: { covers($0, base) })
        else { return nil }
        guard let url = URL(string: text.contains("://") ? text : "http://" + text), url.scheme == "http",
            let host = url.host(percentEncoded: false), !host.isEmpty
        else { throw .badProxy }
        let user = url.user(percentEncoded: false)
        return .server(
            host: host, port: url.port ?? 80,
            authorization: user.map {
                .basic(username: $0, password: url.password(percentEncoded: false) ?? "")
            })
    }

    /// `*`, `host`, `host:port`, `.domain`, `*.domain`; a domain covers the hosts in it.
    private static func covers(_ exception: String, _ base: Address) -> Bool {
        var text = exception.trimmingCharacters(in: .whitespaces).lowercased()
        if text == "*" { return true }
        if text.hasPrefix("*") { text.removeFirst() }
        if let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) {
            guard port == base.port else { return false }
            text = String(text[..<colon])
        }
        if text.hasPrefix(".") { text.removeFirst() }
        return !text.isEmpty && (base.host == text || base.host.hasSuffix("." + text))
    }
}
