import HTTPTypes
import Testing
import TuneModel

@testable import TuneServer

struct GateTests {
    private static let foreignHosts = [
        "evil.org", "evil.org:8642", "localhost.evil.org", "127.0.0.1.evil.org", "", "local host", "tunedeck",
    ]

    @Test func everyAddressRefusesRequestsToForeignHosts() async throws {
        let house = try await TestHouse()
        let server = RouteTable(
            House(jobs: house.jobs, files: house.files, models: house.models, options: ServerOptions()))
        for entry in server.entries {
            let path = entry.path.replacing(/\{[a-z]+\}/, with: "x")
            for host in Self.foreignHosts + [nil] {
                let reply = try await house.send(entry.method, path, host: host)
                #expect(reply.status == 403, "\(entry.method) \(path) at \(host ?? "no host")")
                #expect(reply.error["code"] == "host_not_allowed")
            }
        }
        #expect(server.entries.count > 25)
    }

    @Test(arguments: ["localhost", "127.0.0.1:8642", "[::1]:8642", "192.168.1.7", "a.localhost"])
    func requestsToThisMachineAreTaken(_ host: String) async throws {
        #expect(try await TestHouse().send(.get, "/v1/models", host: host).status == 200)
    }

    @Test func aNameThatWasAllowedIsTaken() async throws {
        let house = try await TestHouse { $0.allowedHosts = ["box.lan"] }
        #expect(try await house.send(.get, "/v1/models", host: "BOX.lan:8642").status == 200)
        #expect(try await house.send(.get, "/v1/models", host: "other.lan").status == 403)
    }

    @Test func webPagesAreRefusedEvenFromTheServersOwnAddress() async throws {
        let house = try await TestHouse()
        for origin in ["https://evil.org", "http://localhost:8642", "null", "http://127.0.0.1:8642"] {
            for method in [HTTPRequest.Method.get, .post, .options] {
                let reply = try await house.send(
                    method, "/v1/models", host: "localhost:8642", headers: [.origin: origin])
                #expect(reply.status == 403)
                #expect(reply.headers[.accessControlAllowOrigin] == nil)
            }
        }
    }

    @Test func aPageThatWasAllowedIsTaken() async throws {
        let house = try await TestHouse { $0.allowedOrigins = ["https://page.org"] }
        let reply = try await house.send(.get, "/v1/models", headers: [.origin: "https://page.org"])
        #expect(reply.status == 200)
        #expect(reply.headers[.accessControlAllowOrigin] == "https://page.org")
        let ask = try await house.send(.options, "/v1/chat/completions", headers: [.origin: "https://page.org"])
        #expect(ask.status == 204)
        #expect(ask.headers[.accessControlAllowMethods]?.contains("POST") == true)
    }

    @Test func theKeyIsAskedForEverywhereButAtHealth() async throws {
        let house = try await TestHouse { $0.key = "sk-right" }
        for wrong in [
            "Bearer sk-wrong", "Bearer sk-righ", "Bearer sk-rightt", "Basic sk-right", "sk-right", "Bearer", "",
        ] {
            let reply = try await house.send(.get, "/v1/models", headers: wrong.isEmpty ? [:] : [.authorization: wrong])
            #expect(reply.status == 401, "\(wrong)")
            #expect(reply.error["code"] == "invalid_api_key")
            #expect(reply.error["type"] == "authentication_error")
        }
        #expect(try await house.send(.get, "/v1/models", headers: [.authorization: "Bearer sk-right"]).status == 200)
        #expect(try await house.get("/health").status == 200)
    }

    @Test(arguments: ["0.0.0.0", "192.168.1.7", "::", "box.lan"])
    func anOpenServerNeedsAKey(_ host: String) async throws {
        await #expect(throws: ServerError.keyMissing(host: host)) { _ = try await TestHouse { $0.host = host } }
        _ = try await TestHouse {
            $0.host = host
            $0.key = "sk"
        }
    }
}
