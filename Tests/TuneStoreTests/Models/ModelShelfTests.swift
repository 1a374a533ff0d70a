import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

struct ModelShelfTests {
    @Test func addedModelIsFoundAndItsFileStaysBehind() async throws {
        let test = try TestWorkspace()
        let path = try test.write("weights", to: "m.gguf")
        let model = try await test.shelf.add(path, name: "mine")
        #expect(try await test.shelf.find("mine") == model)
        #expect(try String(contentsOfFile: model.weightsPath, encoding: .utf8) == "weights")
        #expect(FileManager.default.fileExists(atPath: path))
        await #expect(throws: StoreError.modelExists("mine")) { try await test.shelf.add(path, name: "mine") }
    }

    @Test(arguments: ["", "..", "a/b", "-m", "名", "a b", String(repeating: "a", count: 65), ".hidden"])
    func unusableNamesAreRefused(_ name: String) async throws {
        let test = try TestWorkspace()
        let path = try test.write("weights", to: "m.gguf")
        await #expect(throws: StoreError.modelNameUnusable(name)) { try await test.shelf.add(path, name: name) }
    }

    @Test func aliasLeadsToItsModelUnlessAModelHasThatName() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        #expect(try await test.shelf.find("davinci").name == "smollm2-135m")
        try await test.addModel("davinci")
        #expect(try await test.shelf.find("davinci").name == "davinci")
        let shelf = ModelShelf(test.workspace, aliases: ModelAliases.standard.changed(by: ["ada": "davinci"]))
        #expect(try await shelf.find("ada").name == "davinci")
        #expect(try await shelf.find("curie").name == "smollm2-135m")
    }

    @Test func basesComeBeforeFineTunedModels() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let name = try test.recorder(job).succeed(try test.outcome(job))
        try await test.addModel("zebra")
        #expect(try await test.shelf.list().map(\.name) == ["smollm2-135m", "zebra", name])
    }

    @Test func modelThatAJobNeedsIsNotDeleted() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        await #expect(throws: StoreError.modelInUse("smollm2-135m", by: job.id)) {
            try await test.shelf.delete("smollm2-135m")
        }
        let name = try test.recorder(job).succeed(try test.outcome(job))
        await #expect(throws: StoreError.modelHasOffspring("smollm2-135m", [name])) {
            try await test.shelf.delete("smollm2-135m")
        }
        try await test.shelf.delete(name)
        #expect(!FileManager.default.fileExists(atPath: test.paths.job(job.id) + "/adapter"))
        try await test.shelf.delete("smollm2-135m")
        #expect(try await test.shelf.list().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: test.paths.model("smollm2-135m")))
    }

    @Test func aModelTrainedAsAWholeHasWeightsOfItsOwn() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let path = test.paths.job(job.id) + "/model/model.gguf"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try "1234567".write(toFile: path, atomically: true, encoding: .utf8)
        let outcome = JobOutcome(
            base: "smollm2-135m", suffix: "whole", delivery: .model(path: path), separator: nil, ending: nil,
            trainedTokens: 9)
        let name = try test.recorder(job).succeed(outcome)
        let model = try await test.shelf.find(name)
        #expect(model.weightsPath == path && model.adapterFolder == nil)
        #expect(model.card.bytes == 7)
        #expect(!model.isBase && model.base == "smollm2-135m" && model.foundation == name)
        try await test.shelf.delete(name)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func lostWeightsAreExplained() async throws {
        let test = try TestWorkspace()
        let model = try await test.addModel()
        try FileManager.default.removeItem(atPath: model.weightsPath)
        await #expect(throws: StoreError.modelFileMissing("smollm2-135m", path: model.weightsPath)) {
            try await test.shelf.find("smollm2-135m")
        }
    }

    @Test func workspaceCanBeMoved() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        try test.workspace.pool.close()
        let moved = test.folder + "/elsewhere"
        try FileManager.default.moveItem(atPath: test.paths.data, toPath: moved)
        let model = try await ModelShelf(Workspace(Paths(home: moved))).find("smollm2-135m")
        #expect(model.weightsPath.hasPrefix(moved))
    }
}
