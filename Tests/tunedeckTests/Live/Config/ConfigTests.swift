import Foundation
import Testing
import TuneModel

@testable import tunedeck

struct ConfigTests {
    private func config(_ text: String) throws -> Config {
        let path = NSTemporaryDirectory() + "config-\(UUID().uuidString).toml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try Config(path: path)
    }

    @Test func aliasesAreRead() throws {
        #expect(try config("[aliases]\nada = \"tiny\"\n").aliases == ["ada": "tiny"])
    }

    @Test func themeIsRead() throws {
        #expect(try config("theme = \"paper\"\n").theme == "paper")
        #expect(throws: ConfigError.self) { try config("theme = 7\n") }
    }

    @Test func pricesComeInAdditionToTheListedOnes() throws {
        let prices = try config("[prices]\nbig = 12.5\nsmall = 1\n\"gpt-4.1\" = 0\n").prices
        #expect(prices["big"] == 12.5 && prices["small"] == 1)
        #expect(prices["gpt-4.1"] == nil)
        #expect(prices["gpt-4.1-mini"] == Config.listedPrices["gpt-4.1-mini"])
        for text in ["prices = 3", "[prices]\nx = \"much\"", "[prices]\nx = -1"] {
            #expect(throws: ConfigError.self) { try config(text) }
        }
    }

    @Test func fileThatIsNotThereSaysNothing() throws {
        #expect(try Config(path: "/nowhere/config.toml") == Config())
    }

    @Test func mistakesNameTheirPlace() throws {
        #expect {
            try config("a = 1\n[aliases\n")
        } throws: { error in
            guard case ConfigError.notTOML(_, let line, _) = error else { return false }
            return line == 2
        }
        #expect {
            try config("[aliases]\nada = 7\n")
        } throws: { error in
            guard case ConfigError.notText(let place) = error else { return false }
            return place.key == "aliases.ada" && place.line == 2
        }
        #expect(throws: ConfigError.self) { try config("aliases = 3") }
    }

    @Test func unknownKeysAreToldWithTheirPlace() throws {
        #expect {
            try config("theme = \"paper\"\nconfirm_abvoe = 5\n")
        } throws: { error in
            guard case ConfigError.unknownKey(let place, let known) = error else { return false }
            return place.line == 2 && place.key == "confirm_abvoe" && known.contains("confirm_above")
        }
    }

    @Test func pricesOfAServiceGoBeforeThoseForAnyPlace() throws {
        let read = try config(
            """
            confirm_above = 2.5
            [prices]
            big = 3
            [price.office."big"]
            training = 12
            input = 1.5
            [price.office.free]
            training = 0
            """)
        let office = try #require(ServiceName("office"))
        #expect(read.confirmAbove == 2.5)
        #expect(read.price(of: "big", on: office) == Price(training: 12, input: 1.5))
        #expect(read.price(of: "free", on: office)?.training == 0)
        #expect(read.price(of: "big", on: .openAI) == Price(training: 3))
        #expect(read.price(of: "none", on: office) == nil)
        #expect(throws: ConfigError.self) { try config("[price.office.big]\ntrainning = 1") }
    }
}
