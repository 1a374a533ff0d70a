import Foundation
import Testing
import TuneViews

@testable import tunedeck

struct KeymapReaderTests {
    @Test func everyWayOfNamingAnActionComesWithItsLine() throws {
        let file = try KeymapReader.file(
            """
            preset = "emacs"
            job.follow = ["f", "<c-f>"]
            "app.quit" = "Q"

            [jobs]
            job.ask = "A"
            record.delete = []
            """, path: "/k.toml")
        #expect(file.preset == .init(name: "emacs", line: 1))
        #expect(
            file.entries == [
                .init(name: "job.follow", keys: ["f", "<c-f>"], line: 2), .init(name: "app.quit", keys: ["Q"], line: 3),
                .init(name: "jobs.job.ask", keys: ["A"], line: 6),
                .init(name: "jobs.record.delete", keys: [], line: 7),
            ])
    }

    @Test func aFileThatIsNoTOMLIsToldWithItsLine() throws {
        let error = #expect(throws: KeymapError.self) { try KeymapReader.file("a = 1\nb = = 2\n", path: "/k.toml") }
        guard case .notTOML(path: "/k.toml", line: 2, problem: _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["x = 1", "job.follow = [\"f\", 2]", "preset = true"])
    func whatIsNoKeyIsTold(text: String) {
        let name = String(text.prefix { $0 != " " })
        #expect(throws: KeymapError.notKeys(path: "/k.toml", line: 1, name: name)) {
            try KeymapReader.file(text, path: "/k.toml")
        }
    }

    @Test func aFileThatIsNotThereSaysNothing() throws {
        #expect(try KeymapReader.read("/nowhere/keymap.toml") == nil)
    }
}
