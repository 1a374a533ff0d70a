import Foundation
import Testing

@testable import TuneClient

@Suite struct AddressTests {
    private func address(_ text: String) -> Address? { URL(string: text).flatMap(Address.init) }

    @Test(arguments: ["localhost", "127.0.0.1", "127.9.8.7", "[::1]", "a.localhost", "LOCALHOST"])
    func thisMachine(_ host: String) { #expect(address("http://\(host):8080/v1")?.isLoopback == true) }

    @Test(arguments: ["localhost.evil.com", "127.0.0.1.evil.com", "128.0.0.1", "10.0.0.1", "[::2]", "127.com"])
    func notThisMachine(_ host: String) { #expect(address("http://\(host)/v1")?.isLoopback == false) }

    @Test func namesCannotLeadElsewhere() {
        let base = address("https://u:p@host/v1/?api=2")
        #expect(
            base?.appending(["files", "../../x y", ".."], query: [("after", "a&b=c")])?.url.absoluteString
                == "https://host/v1/files/..%2F..%2Fx%20y/%2E%2E?api=2&after=a%26b%3Dc")
        #expect(base?.appending(["models", "ft:a:b::é"], query: [])?.url.path() == "/v1/models/ft:a:b::%C3%A9")
    }

    @Test func anOriginIsSchemeHostAndPort() throws {
        let one = try #require(address("https://host/v1"))
        #expect(one.isSameOrigin(as: try #require(address("https://HOST:443/other"))))
        for other in ["http://host/v1", "https://host:444/v1", "https://host.com/v1", "http://host:443/v1"] {
            #expect(!one.isSameOrigin(as: try #require(address(other))), "\(other)")
        }
    }

    @Test(arguments: ["ftp://host/v1", "host/v1", "http:///v1", "file:///etc/passwd"])
    func notAnAddress(_ text: String) { #expect(address(text) == nil) }
}
