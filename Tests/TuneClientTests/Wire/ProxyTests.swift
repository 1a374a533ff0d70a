import Foundation
import Testing
import TuneModel

@testable import TuneClient

@Suite struct ProxyTests {
    private func profile(_ base: String, proxy: FaultServer, key: Bool = true) -> ServiceProfile {
        var profile = ServiceProfile(name: ServiceName("test")!, baseURL: URL(string: base)!) {
            key ? Secret("sk-canary-0123456789") : nil
        }
        profile.limits = .brief
        profile.limits.retries = 0
        profile.proxies.http = Secret("http://me:s%40crt@127.0.0.1:\(proxy.port)")
        profile.proxies.https = profile.proxies.http
        return profile
    }

    @Test func secureLinesGoThroughATunnelThatSeesNoKey() async throws {
        let stage = try Stage { _, _ in .error(502) }
        let client = RemoteService(profile("https://service.invalid/v1", proxy: stage.server), memory: UploadNotes())
        guard case .unreachable? = await fault({ _ = try await client.models.list() }) else {
            Issue.record("another fault")
            return
        }
        let asked = try #require(stage.asked.first)
        #expect(asked.line == "CONNECT service.invalid:443 HTTP/1.1")
        #expect(asked.headers["proxy-authorization"] == "Basic " + Data("me:s@crt".utf8).base64EncodedString())
        #expect(asked.headers["authorization"] == nil)
        await client.shutdown()
        await stage.close()
    }

    @Test func openLinesGoThroughATunnelToo() async throws {
        let stage = try Stage { _, _ in .error(502) }
        let client = RemoteService(
            profile("http://service.invalid/v1", proxy: stage.server, key: false), memory: UploadNotes())
        #expect(await fault { _ = try await client.models.list() } != nil)
        #expect(stage.asked.first?.line == "CONNECT service.invalid:80 HTTP/1.1")
        await client.shutdown()
        await stage.close()
    }

    @Test func thisMachineAndTheExceptionsAreReachedDirectly() async throws {
        let proxy = try Stage { _, _ in .error(502) }
        let stage = try Stage { _, _ in .json(#"{"data":[]}"#) }
        let near = RemoteService(profile(stage.server.base, proxy: proxy.server), memory: UploadNotes())
        #expect(try await near.models.list().isEmpty)
        for exception in ["*", "service.invalid", ".invalid", "*.invalid", "service.invalid:443"] {
            var profile = profile("https://service.invalid/v1", proxy: proxy.server)
            profile.proxies.exceptions = [exception]
            let client = RemoteService(profile, memory: UploadNotes())
            #expect(await fault { _ = try await client.models.list() } != nil)
            await client.shutdown()
        }
        #expect(proxy.asked.isEmpty)
        await near.shutdown()
        await proxy.close()
        await stage.close()
    }

    @Test func whatIsNoProxyOrCertificateIsToldBeforeAnythingIsSent() async throws {
        let stage = try Stage { _, _ in .error(502) }
        var bad = profile("https://service.invalid/v1", proxy: stage.server)
        bad.proxies.https = Secret("ftp://x")
        #expect(await fault { _ = try await RemoteService(bad, memory: UploadNotes()).models.list() } == .badProxy)
        bad.certificateFile = "/nonexistent.pem"
        #expect(
            await fault { _ = try await RemoteService(bad, memory: UploadNotes()).models.list() }
                == .badCertificateFile(path: "/nonexistent.pem"))
        await stage.close()
    }
}
