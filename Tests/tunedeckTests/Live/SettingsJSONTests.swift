import Foundation
import Testing
import TuneModel

@testable import tunedeck

struct SettingsJSONTests {
    private func object(_ json: JSONOutput) throws -> [String: Any] {
        let data = Data(json.text(isPretty: false).utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func whatIsOpenIsAuto() throws {
        let request = try object(HyperparameterRequest { $0.loraRank = 4 }.json)
        #expect(request["lora_rank"] as? Int == 4)
        #expect(request["n_epochs"] as? String == "auto")
        #expect(request["patience"] is NSNull)
    }

    @Test func everySettingOfARunHasItsNameAndKind() throws {
        let settings = Hyperparameters(
            HyperparameterRequest { ($0.loraTargets, $0.isRankStabilized, $0.seed) = ([.q], true, 7) }, examples: 10)
        let json = try object(settings.json)
        #expect(
            Set(json.keys)
                == Set(SettingName.allCases.map(\.rawValue)).subtracting(["learning_rate_multiplier"])
                .union(["samples"]))
        #expect(json["lora_targets"] as? [String] == ["q_proj"])
        #expect(json["rslora"] as? Bool == true && json["seed"] as? Int == 7)
        #expect(json["learning_rate"] as? Double == 2e-4 && json["schedule"] as? String == "cosine")
    }

    @Test func theMethodHasTheShapeOfTheProtocol() throws {
        let dpo = try object(TrainingMethod.dpo(beta: 0.2).json(nil))
        #expect(dpo["type"] as? String == "dpo")
        let inside = (dpo["dpo"] as? [String: Any])?["hyperparameters"] as? [String: Any]
        #expect(inside?["beta"] as? Double == 0.2 && inside?["n_epochs"] as? String == "auto")
        #expect(try object(TrainingMethod.supervised.json(nil))["type"] as? String == "supervised")
    }
}
