import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel
import TuneTestSupport

@testable import TuneViews

/// Without any colour: what a state is can be told from signs, words and attributes.
@MainActor
struct MonochromeTests {
    /// Attributes as letters: bold, dim, underline, reverse.
    private var golden: Golden {
        Golden { style in
            let letters: [(Attributes, Character)] = [(.reverse, "R"), (.underline, "u"), (.bold, "b"), (.dim, "d")]
            return letters.first { style.attributes.contains($0.0) }?.1 ?? " "
        }
    }

    private func theme() throws -> Theme {
        try ThemeFile.theme(from: ThemeFolders.load("mono", from: [ThemeTests.folder])).fitted(to: .mono)
    }

    private func frame(_ player: Player) throws -> Surface {
        var frame = Surface(size: player.screen.size)
        _ = DeckView(
            state: player.state, theme: try theme(), now: Date(timeIntervalSince1970: 1_790_000_000),
            zone: TimeZone(secondsFromGMT: 0)!
        ).draw(on: &frame)
        return frame
    }

    @Test(arguments: [Language.english, .chinese])
    func jobsTellTheirStateBySigns(language: Language) async throws {
        let fake = try FakeWorld()
        let statuses: [JobStatus] = [.queued, .running, .paused, .succeeded, .failed, .cancelled, .validatingFiles]
        for (letter, status) in zip("abcdefg", statuses) {
            let job = Job(
                id: FakeJobs.id(letter), status: .queued, model: "smollm2-135m", suffix: "job-\(letter)",
                trainingFile: "/data/jargon_prepared.jsonl", createdAt: fake.jobs.start,
                request: HyperparameterRequest())
            fake.jobs.add(job)
            fake.jobs.change(job.id) { $0.status = status }
        }
        let player = Player(fake.world, width: 120, height: 40, language: language)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == statuses.count }
        golden.check(try frame(player), "mono-jobs-\(language.rawValue)")
    }

    @Test(arguments: [Language.english, .chinese])
    func findingsAndTheFocusAreSeen(language: Language) async throws {
        let fake = try FakeWorld()
        let player = Player(fake.world, width: 120, height: 40, language: language)
        try await player.start()
        try await player.press("s[")
        golden.check(try frame(player), "mono-data-\(language.rawValue)")
    }

    @Test func everyStatusHasASignOfItsOwn() {
        let all: [JobStatus] = [.validatingFiles, .queued, .running, .paused, .succeeded, .failed, .cancelled]
        #expect(Set(all.map { JobLook($0).glyph }).count == all.count)
    }

    @Test(arguments: ThemeTests.depths)
    func nothingButTheTerminalsOwnColoursIsUsedWithoutColours(depth: ColorDepth) throws {
        let theme = try ThemeFile.theme(from: ThemeFolders.load("mono", from: [ThemeTests.folder])).fitted(to: depth)
        #expect(Role.allCases.allSatisfy { theme[$0].foreground == .default && theme[$0].background == .default })
    }
}
