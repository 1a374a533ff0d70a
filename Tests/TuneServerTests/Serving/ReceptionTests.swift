import HTTPTypes
import Testing
import TuneModel
import TuneStore

@testable import TuneServer

struct ReceptionTests {
    @Test func anUnknownAddressIsToldInTheProtocolsForm() async throws {
        let reply = try await TestHouse().get("/v1/nothing")
        #expect(reply.status == 404)
        #expect(reply.error["type"] == "invalid_request_error")
        #expect(reply.error["code"] == "unknown_url")
        #expect(reply.error["message"].text?.contains("GET /v1/nothing") == true)
        #expect(reply.headers[.contentType] == "application/json")
    }

    @Test func aMethodThatAnAddressDoesNotTakeIsToldWithThoseItTakes() async throws {
        let reply = try await TestHouse().send(.put, "/v1/files/file-abc")
        #expect(reply.status == 405)
        #expect(reply.headers[.allow] == "GET, DELETE")
    }

    @Test func aFailureOfThisSideNamesNoPathAndIsNotWorthAnotherTry() async throws {
        let failure = StoreError.modelFileMissing("m", path: "/home/me/models/m/model.gguf")
        let house = try await TestHouse(models: FakeModels(failure: failure))
        let reply = try await house.post("/v1/completions", #"{"model":"smollm2-135m","prompt":"a"}"#)
        #expect(reply.status == 500)
        #expect(reply.error["type"] == "server_error")
        #expect(reply.error["code"] == "model_file_missing")
        #expect(reply.error["message"].text?.contains("/home") == false)
        #expect(reply.error["message"].text?.contains("tunedeck models pull") == true)
        #expect(reply.headers[.xShouldRetry] == "false")
    }

    @Test func aFailureThatPassesIsWorthAnotherTry() async throws {
        let house = try await TestHouse(models: FakeModels(failure: StoreError.databaseBusy(path: "/x/workspace.db")))
        let reply = try await house.post("/v1/completions", #"{"model":"smollm2-135m","prompt":"a"}"#)
        #expect(reply.status == 503)
        #expect(reply.headers[.retryAfter] == "1")
        #expect(reply.headers[.xShouldRetry] == nil)
    }

    @Test func errorsAreToldInTheServersLanguage() async throws {
        let reply = try await TestHouse { $0.language = .chinese }.get("/v1/models/nobody")
        #expect(reply.status == 404)
        #expect(reply.error["message"].text?.contains("没有模型") == true)
    }

    @Test(arguments: [
        "", "[]", "1", "\"a\"", "{", "null", "{\"model\":}", "\u{0}", String(repeating: "[", count: 5_000),
    ])
    func aBodyThatIsNoObjectIsRefused(_ body: String) async throws {
        let house = try await TestHouse()
        for path in [
            "/v1/chat/completions", "/v1/completions", "/v1/fine-tunes", "/v1/fine_tuning/jobs", "/v1/uploads",
        ] {
            let reply = try await house.post(path, body)
            #expect(reply.status == 400, "\(path) \(body.prefix(20))")
            #expect(reply.error["code"] == "invalid_json")
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        let house = try await TestHouse { $0.limits.bodyBytes = 1_000 }
        let reply = try await house.post(
            "/v1/completions", #"{"model":"smollm2-135m","prompt":"\#(String(repeating: "a", count: 2_000))"}"#)
        #expect(reply.status == 413)
        #expect(reply.error["code"] == "too_large")
    }
}
