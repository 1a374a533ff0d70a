import Foundation
import Testing
import TuneModel

@testable import TuneClient

@Suite struct RemoteModelsTests {
    @Test func baseModelsComeFirstAndFineTunedOnesNewestFirst() async throws {
        let stage = try Stage { _, _ in
            .json(
                """
                {"data":[{"id":"ft:gpt:me:old:1","created":5,"owned_by":"me"},{"id":"gpt","created":1,
                "shutdown_date":"2027-01-06"},{"id":"curie:ft-me-2023","created":3},{"id":"mine","created":9,"parent":"gpt"}]}
                """)
        }
        let cards = try await stage.client.models.list()
        #expect(cards.map(\.name) == ["gpt", "mine", "ft:gpt:me:old:1", "curie:ft-me-2023"])
        #expect(cards[0].shutdownDate == Date(timeIntervalSince1970: 1_799_193_600))
        #expect(cards[2].owner == "me" && cards[2].service == ServiceName("test"))
        #expect(
            cards.dropFirst().map(\.kind) == [
                .fineTuned(base: "gpt", job: nil), .fineTuned(base: "gpt", job: nil),
                .fineTuned(base: "curie", job: nil),
            ])
        await stage.close()
    }

    @Test func aModelIsDeletedByItsName() async throws {
        let stage = try Stage { _, _ in .json(#"{"deleted":true}"#) }
        try await stage.client.models.delete("ft:gpt:me:x:1")
        #expect(stage.asked.first?.line == "DELETE /v1/models/ft:gpt:me:x:1 HTTP/1.1")
        await stage.close()
    }
}
