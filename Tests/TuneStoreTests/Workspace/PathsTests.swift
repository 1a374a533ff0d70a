import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct PathsTests {
    @Test func oneFolderHoldsAllWhenTuneDeckHomeIsSet() throws {
        let paths = try Paths(environment: ["TUNEDECK_HOME": "/srv/deck/", "HOME": "/home/ada"])
        #expect(paths.database == "/srv/deck/workspace.db")
        #expect(paths.configFile == "/srv/deck/config.toml")
        #expect(paths.environment == ["TUNEDECK_HOME": "/srv/deck"])
    }

    @Test func xdgFoldersAreUsedAndRelativeOnesIgnored() throws {
        let paths = try Paths(environment: [
            "HOME": "/home/ada", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "relative",
        ])
        #expect(paths.data == "/data/tunedeck")
        #expect(paths.config == "/home/ada/.config/tunedeck")
        #expect(paths.state == "/home/ada/.local/state/tunedeck")
        #expect(paths.cache == "/home/ada/.cache/tunedeck")
    }

    @Test func withoutAnyHomeThereIsASentence() {
        #expect(throws: StoreError.noHome) { try Paths(environment: [:]) }
    }

    @Test func relativeTuneDeckHomeCountsFromTheCurrentFolder() throws {
        let paths = try Paths(environment: ["TUNEDECK_HOME": "deck"])
        #expect(paths.data == FileManager.default.currentDirectoryPath + "/deck")
    }
}
