import Testing

@testable import TuneServer

struct ModelRoutesTests {
    @Test func modelsAreListed() async throws {
        let reply = try await TestHouse().get("/v1/models")
        #expect(reply.json["object"] == "list")
        #expect(reply.json["data"].list?.map { $0["id"].text } == ["smollm2-135m", FakeModels.fineTuned])
        #expect(reply.json["data"][1]["parent"] == "smollm2-135m")
        #expect(reply.json["data"][0]["created"] == .integer(1_700_000_000))
    }

    @Test(arguments: [FakeModels.fineTuned, FakeModels.fineTuned.replacing(":", with: "%3A")])
    func aModelIsFoundByItsNameWithColons(_ name: String) async throws {
        let reply = try await TestHouse().get("/v1/models/\(name)")
        #expect(reply.json["id"].text == FakeModels.fineTuned)
        #expect(reply.json["owned_by"] == "personal")
    }

    @Test(arguments: ["nobody", "..%2F..%2Fetc%2Fpasswd", "%00", "a%20b"])
    func anUnknownModelIsNotFound(_ name: String) async throws {
        let reply = try await TestHouse().get("/v1/models/\(name)")
        #expect(reply.status == 404)
        #expect(reply.error["code"] == "model_not_found")
    }

    @Test func aFineTunedModelCanBeDeleted() async throws {
        let house = try await TestHouse()
        let reply = try await house.delete("/v1/models/\(FakeModels.fineTuned)")
        #expect(reply.json["deleted"] == .bool(true))
        #expect(house.models.deleted == [FakeModels.fineTuned])
    }

    @Test func aBaseModelCannot() async throws {
        let house = try await TestHouse()
        let reply = try await house.delete("/v1/models/smollm2-135m")
        #expect(reply.status == 403)
        #expect(house.models.deleted.isEmpty)
    }
}
