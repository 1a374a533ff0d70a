import Foundation
import Testing
import TuneControl
import TuneModel

@testable import TuneViews

/// The screen Files, of the workspace and of a service, each state as a golden screen.
@MainActor
struct FilesScreenTests {
    @Test(arguments: ScreenLook.smallAndLarge)
    func filesAreListedWithTheirPurposeAgeAndStatus(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        addFiles(to: fake)
        let player = look.player(fake)
        try await player.start()
        try await player.press("7")
        #expect(player.state.files.service == FakeServices.openai)
        player.check("files-\(look.testDescription)")
        try await player.press("jj")
        player.check("files-faulty-\(look.testDescription)")
        try await player.press("kd")
        player.check("files-delete-\(look.testDescription)")
        try await player.press("n")
        #expect(fake.services.state.files.count == 4)
        try await player.press("dy")
        #expect(fake.services.state.files.map(\.filename).contains("tang.jsonl") == false)
        #expect(player.state.files.files.count == 3)
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func anEmptyListSaysWhatWouldFillIt(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        let player = look.player(fake)
        try await player.start()
        try await player.press("7")
        player.check("files-empty-\(look.testDescription)")
        #expect(!player.state.allows(.uploadFile))
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func aServiceThatDoesNotAnswerIsExplainedInPlace(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.services.connect()
        fake.services.change { $0.faults[FakeServices.openai] = .away }
        let player = look.player(fake)
        try await player.start()
        try await player.press("7")
        player.check("files-failed-\(look.testDescription)")
        fake.services.change { $0.faults = [:] }
        try await player.press("r")
        #expect(player.state.files.phase == .read)
    }

    @Test func aListOnItsWaySaysSo() async throws {
        let fake = try FakeWorld()
        fake.services.connect()
        fake.services.change { $0.isSilent = true }
        let player = Player(fake.world)
        try await player.start()
        try await player.press("7", settling: false)
        #expect(player.screen.text.contains("Reading the files of openai"))
        await player.loop.store.close()
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func anUploadShowsItsProgressAndCanBeStopped(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        addFiles(to: fake)
        fake.services.change { $0.hangsAfter = TransferProgress(done: 31_000_000, total: 50_000_000) }
        let player = look.player(fake)
        try await player.start()
        try await player.press("s7")
        try await player.press("u", settling: false)
        try await player.hear(until: { $0.files.upload?.progress != nil }, settling: false)
        player.check("files-uploading-\(look.testDescription)")
        #expect(!player.state.allows(.uploadFile))
        try await player.press("x")
        #expect(player.state.files.upload == nil)
    }

    @Test func aFileThatWasSentBeforeIsSentAgainOnlyAfterAQuestion() async throws {
        let fake = try FakeWorld()
        addFiles(to: fake)
        let player = Player(fake.world)
        try await player.start()
        try await player.press("s7u")
        #expect(fake.services.state.uploaded == ["jargon.jsonl"])
        #expect(player.state.files.selected?.id.text == "file-new")
        fake.services.change {
            $0.known = [
                KnownUpload(
                    service: FakeServices.openai, file: "file-new", filename: "jargon.jsonl", bytes: 100, sha256: "00",
                    uploadedAt: Date(timeIntervalSince1970: 1_790_000_000))
            ]
        }
        try await player.press("u")
        #expect(player.screen.text.contains("with the same content"))
        try await player.press("n")
        #expect(fake.services.state.uploaded.count == 1)
        try await player.press("uy")
        #expect(fake.services.state.uploaded.count == 2)
    }

    @Test func contentIsSavedUnderANameThatIsAskedFor() async throws {
        let fake = try FakeWorld()
        addFiles(to: fake)
        let player = Player(fake.world)
        try await player.start()
        try await player.press("7w")
        #expect(player.state.focusedText?.text == "jargon_prepared.jsonl")
        try await player.press("<c-u>")
        try await player.type("/tmp/here.jsonl")
        try await player.press("<enter>")
        #expect(fake.services.state.saved == ["file-Ab12 /tmp/here.jsonl"])
        #expect(player.screen.text.contains("Wrote /tmp/here.jsonl"))
    }

    @Test func aJobIsStartedFromAFileWithoutSendingIt() async throws {
        let fake = try FakeWorld()
        addFiles(to: fake)
        fake.services.change { $0.departure = Departure(service: FakeServices.openai, files: [], examples: 2305) }
        let player = Player(fake.world)
        try await player.start()
        try await player.press("7t<enter>")
        let created = try #require(fake.services.state.created.first)
        #expect(created.requests.map(\.trainingFile) == ["file-Ab12"])
        #expect(created.requests[0].service == FakeServices.openai)
        #expect(created.requests[0].suffix == "jargon-1")
        #expect(player.state.tab == .jobs && player.state.dialogs.isEmpty)
    }

    private func addFiles(to fake: FakeWorld) {
        fake.services.connect()
        fake.services.add("file-Ab12", "jargon_prepared.jsonl", bytes: 1_412_000, age: 300)
        fake.services.add("file-Cd34", "tang.jsonl", bytes: 84_000, age: 7_300)
        fake.services.add("file-Ef56", "支持-对话.jsonl", bytes: 12_804_000, age: 90_000, isFaulty: true)
        fake.services.add("file-Gh78", "step_metrics.csv", bytes: 4_100, age: 1_000_000, purpose: "fine-tune-results")
    }
}
