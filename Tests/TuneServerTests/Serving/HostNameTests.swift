import Testing

@testable import TuneServer

struct HostNameTests {
    @Test(arguments: [
        ("localhost", "localhost"), ("LOCALHOST:8642", "localhost"), ("127.0.0.1:1", "127.0.0.1"), ("[::1]:80", "::1"),
        ("a.localhost", "a.localhost"), ("example.org:443", "example.org"),
    ])
    func theNameIsTakenOutOfAHeader(_ header: String, _ name: String) {
        #expect(HostName.name(ofHeader: header) == name)
    }

    @Test(arguments: ["", ":80", "a:b", "a:99999", "a b", "[::1", "[::1]x", "a\u{0}", "ä", "localhost:80:80", "a:-1"])
    func aMalformedHeaderNamesNobody(_ header: String) {
        #expect(HostName.name(ofHeader: header) == nil)
    }

    @Test(arguments: ["127.0.0.1", "127.9.9.9", "localhost", "x.localhost", "::1", "LocalHost"])
    func thisMachineIsKnown(_ name: String) { #expect(HostName.isLoopback(name)) }

    @Test(arguments: [
        "127.0.0.1.evil.org", "localhost.evil.org", "127.0.0", "notlocalhost", "0.0.0.0", "10.0.0.1", "127.0.0.256",
    ])
    func othersAreNotThisMachine(_ name: String) { #expect(!HostName.isLoopback(name)) }
}
