import Foundation
import Testing
import TuneStore

@testable import tunedeck

/// Which theme is worn, in an installation that has the themes `paper` and, unless it is taken away, `mono`.
struct ThemeChoiceTests {
    private let folder = NSTemporaryDirectory() + "themes-\(UUID().uuidString)"

    private func choice(
        asked: String? = nil, preferred: String? = nil, config: Config = Config(), environment: [String: String] = [:],
        having names: [String] = ["mono", "paper"]
    ) throws -> ThemeChoice {
        let share = folder + "/share/tunedeck/themes"
        try FileManager.default.createDirectory(atPath: share, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in names {
            try "name = \(name)\n".write(toFile: share + "/\(name).theme", atomically: true, encoding: .utf8)
        }
        return try ThemeChoice(
            asked: asked, preferred: preferred, config: config, paths: Paths(home: folder + "/home"),
            environment: environment,
            program: folder + "/bin/tunedeck")
    }

    @Test func harborUnlessSomethingElseIsSaid() throws {
        #expect(try choice(having: []).name == "harbor")
        #expect(try choice(environment: ["NO_COLOR": ""]).name == "harbor")
    }

    @Test func whatIsAskedForWinsOverTheSettingsAndTheseOverTheTerminal() throws {
        var config = Config()
        config.theme = "paper"
        let plain = ["NO_COLOR": "1"]
        #expect(try choice(asked: "harbor", config: config, environment: plain).name == "harbor")
        #expect(try choice(config: config, environment: plain).name == "paper")
    }

    @Test func withoutColoursTheThemeMadeForThatIsTaken() throws {
        #expect(try choice(environment: ["NO_COLOR": "1"]).name == "mono")
        #expect(try choice(environment: ["NO_COLOR": "1"], having: []).name == "harbor")
    }

    @Test func whatWasChosenInTheDashboardIsWornWhereTheSettingsSayNothing() throws {
        #expect(try choice(preferred: "paper").name == "paper")
        #expect(try choice(preferred: "gone").name == "harbor")
        var config = Config()
        config.theme = "mono"
        #expect(try choice(preferred: "paper", config: config).name == "mono")
    }

    @Test(arguments: [
        ("15;0", "harbor"), ("0;15", "paper"), ("0;default;15", "paper"), ("15;8", "harbor"), ("", "harbor"),
    ])
    func aLightTerminalGetsTheLightTheme(colors: String, name: String) throws {
        #expect(try choice(environment: ["COLORFGBG": colors]).name == name)
    }

    @Test func aThemeThatIsNotThereIsToldWithThoseThatAre() {
        #expect(throws: ThemeError.unknown("night", known: ["harbor", "mono", "paper"])) {
            try choice(asked: "night")
        }
    }

    @Test func thePersonsOwnThemesComeFirst() throws {
        #expect(try choice().folders.first == folder + "/home/themes")
    }
}
