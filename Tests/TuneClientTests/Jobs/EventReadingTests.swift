import Foundation
import Testing
import TuneModel

@testable import TuneClient

@Suite struct EventReadingTests {
    private func events(_ texts: String...) throws -> [RemoteEvent] {
        var said: [String: Int] = [:]
        return try texts.map { RemoteEvent(try JSONReader.read(Array($0.utf8)), said: &said) }
    }

    @Test func eventsWithoutAnIdAreToldApartByHowOftenTheyWereSaid() throws {
        let same = #"{"created_at":5,"message":"Busy"}"#
        let other = #"{"created_at":6,"message":"Busy"}"#
        let found = try events(same, same, other, same)
        #expect(Set(found.map(\.id)).count == 4)
        #expect(try events(same, same, other, same).map(\.id) == found.map(\.id))
    }

    @Test func metricsAreRead() throws {
        let event = try events(
            """
            {"id":"e","created_at":5,"level":"warn","message":"m","type":"metrics","data":{"step":3,"total_steps":9,
            "train_loss":0.5,"train_mean_token_accuracy":0.75,"valid_loss":-1,"full_valid_loss":0.25}}
            """)[0]
        #expect(event.level == .warn && event.id == "e")
        var wanted = StepMetrics(step: 3, totalSteps: 9, trainingLoss: 0.5, trainingTokenAccuracy: 0.75)
        wanted.fullValidationLoss = 0.25
        #expect(event.metrics == wanted)
    }

    @Test func metricsAreFoundInTheMessageWhereThereIsNothingElse() throws {
        let event = try events(
            #"{"message":"Step 300/400: training loss=0.15, validation loss=0.27, full validation loss=0.40"}"#)[0]
        #expect(event.metrics?.step == 300 && event.metrics?.totalSteps == 400)
        #expect(event.metrics?.trainingLoss == 0.15 && event.metrics?.validationLoss == 0.27)
        #expect(event.metrics?.fullValidationLoss == 0.40)
        let own = try events(
            #"{"message":"Step 3/9: training loss 0.1500, token accuracy 50.0 %, validation loss 0.25"}"#)
        #expect(own[0].metrics?.trainingLoss == 0.15 && own[0].metrics?.trainingTokenAccuracy == 0.5)
        #expect(own[0].metrics?.validationLoss == 0.25)
        for text in ["Step by step", "Step 3: nothing", "Step -1/2: training loss=0.5", "Step 1: training loss=nan"] {
            #expect(try events(#"{"message":"\#(text)"}"#)[0].metrics == nil, "\(text)")
        }
    }
}
