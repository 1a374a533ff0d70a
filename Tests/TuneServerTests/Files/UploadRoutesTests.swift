import HTTPTypes
import Testing
import TuneModel

@testable import TuneServer

struct UploadRoutesTests {
    private func begin(_ house: TestHouse, bytes: Int) async throws -> String {
        let reply = try await house.post(
            "/v1/uploads", #"{"bytes":\#(bytes),"filename":"a.jsonl","mime_type":"text/jsonl","purpose":"fine-tune"}"#)
        #expect(reply.json["status"] == "pending", "\(reply.text)")
        return try #require(reply.json["id"].text)
    }

    private func add(_ text: String, to id: String, _ house: TestHouse) async throws -> Reply {
        let form = Form([("blob", "data", Array(text.utf8))])
        return try await house.send(
            .post, "/v1/uploads/\(id)/parts", headers: [.contentType: form.contentType], body: form.bytes)
    }

    @Test func partsBecomeAFileInTheOrderThatIsAskedFor() async throws {
        let house = try await TestHouse()
        let id = try await begin(house, bytes: 6)
        let last = try #require(try await add("def", to: id, house).json["id"].text)
        let first = try #require(try await add("{bc", to: id, house).json["id"].text)
        #expect(try await house.get("/v1/files").json["data"].list?.isEmpty == true)
        let reply = try await house.post("/v1/uploads/\(id)/complete", #"{"part_ids":["\#(first)","\#(last)"]}"#)
        #expect(reply.json["status"] == "completed", "\(reply.text)")
        let file = try #require(reply.json["file"]["id"].text)
        #expect(try await house.get("/v1/files/\(file)/content").text == "{bcdef")
        #expect(house.stored == [file])
        #expect(try await house.post("/v1/uploads/\(id)/complete", #"{"part_ids":[]}"#).status == 400)
    }

    @Test func partsThatDoNotAddUpAreRefused() async throws {
        let house = try await TestHouse()
        let id = try await begin(house, bytes: 9)
        let part = try #require(try await add("{}", to: id, house).json["id"].text)
        for body in [#"{"part_ids":["\#(part)"]}"#, #"{"part_ids":["part_x"]}"#, "{}", #"{"part_ids":1}"#] {
            let reply = try await house.post("/v1/uploads/\(id)/complete", body)
            #expect(reply.status == 400)
            #expect(reply.error["param"] == "part_ids")
        }
    }

    @Test func aCancelledUploadLeavesNothing() async throws {
        let house = try await TestHouse()
        let id = try await begin(house, bytes: 2)
        _ = try await add("{}", to: id, house)
        #expect(try await house.post("/v1/uploads/\(id)/cancel").json["status"] == "cancelled")
        #expect(house.stored.isEmpty)
        #expect(try await add("{}", to: id, house).status == 400)
        #expect(try await house.post("/v1/uploads/upload_x/cancel").status == 404)
    }
}
