import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

struct WorkspaceTests {
    @Test func foldersAndDatabaseAreForTheirOwnerOnly() throws {
        let test = try TestWorkspace()
        for path in [test.paths.data, test.paths.models, test.paths.jobs, test.paths.files, test.paths.state] {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700, "\(path)")
        }
        let mode = try FileManager.default.attributesOfItem(atPath: test.paths.database)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func databaseOfANewerVersionIsRefusedAndLeftAlone() async throws {
        let test = try TestWorkspace()
        try await test.workspace.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('2: from the future')")
        }
        #expect(throws: StoreError.databaseNewer(path: test.paths.database)) { try Workspace(test.paths) }
    }

    @Test func fileThatIsNoDatabaseIsExplained() throws {
        let paths = Paths(home: NSTemporaryDirectory() + "tunestore-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(atPath: paths.data) }
        try paths.makeFolders()
        try String(repeating: "not a database. ", count: 500)
            .write(toFile: paths.database, atomically: true, encoding: .utf8)
        #expect(throws: StoreError.databaseDamaged(path: paths.database)) { try Workspace(paths) }
    }

    @Test func damagedPagesAreFound() async throws {
        let test = try TestWorkspace()
        for number in 0..<200 { try await Settings(test.workspace).set("key \(number)", to: "value") }
        #expect(try await test.workspace.damage() == nil)
        try await test.workspace.pool.writeWithoutTransaction { db in
            _ = try db.checkpoint(.truncate)
        }
        try test.workspace.pool.close()
        let file = try #require(FileHandle(forUpdatingAtPath: test.paths.database))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
        try file.close()
        await #expect(throws: StoreError.self) {
            let again = try Workspace(test.paths)
            if let damage = try await again.damage() { throw StoreError.databaseFailed(path: "", reason: damage) }
        }
    }

    @Test func homeThatIsAFileIsExplained() throws {
        let path = NSTemporaryDirectory() + "tunestore-" + UUID().uuidString
        try "a file".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: StoreError.self) { try Workspace(Paths(home: path)) }
    }

    @Test func manyMayOpenItForTheFirstTimeAtOnce() async throws {
        let paths = Paths(home: NSTemporaryDirectory() + "tunestore-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(atPath: paths.data) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask { try await Settings(Workspace(paths)).set("\(number)", to: "here") }
            }
            try await group.waitForAll()
        }
        let settings = Settings(try Workspace(paths))
        for number in 0..<6 { #expect(try await settings.value(of: "\(number)") == "here") }
    }

    @Test func settingsAreRememberedReplacedAndForgotten() async throws {
        let test = try TestWorkspace()
        let settings = Settings(test.workspace)
        #expect(try await settings.value(of: "pane") == nil)
        try await settings.set("pane", to: "jobs")
        try await settings.set("pane", to: "data")
        #expect(try await Settings(Workspace(test.paths)).value(of: "pane") == "data")
        try await settings.set("pane", to: nil)
        #expect(try await settings.value(of: "pane") == nil)
    }

    @Test func everyErrorIsExplainedInBothLanguages() {
        let id = JobID.random()
        let errors: [StoreError] = [
            .noHome, .notWritable(path: "/p", reason: "r"), .diskFull(path: "/p"),
            .tooLittleRoom(path: "/p", needed: 3, free: 2), .databaseDamaged(path: "/p"), .databaseNewer(path: "/p"),
            .databaseBusy(path: "/p"), .databaseFailed(path: "/p", reason: "r"), .jobNotFound(id),
            .jobNotFinished(id, .running), .jobFinished(id, .failed), .jobNotPaused(id, .failed),
            .jobHasModel(id, model: "m"), .jobDeleted(id), .noResults(id, .queued), .fileNotFound(.random()),
            .sourceMissing(path: "/p"), .sourceUnreadable(path: "/p", reason: "r"), .sourceIsFolder(path: "/p"),
            .modelNotFound("m", known: ["k"]), .modelExists("m"), .modelNameUnusable("m"), .modelInUse("m", by: id),
            .modelHasOffspring("m", ["o"]), .modelFileMissing("m", path: "/p"), .nothingToPull("m", known: ["k"]),
            .pythonMissing, .pipMissing, .downloadFailed(package: "p", reason: "r"),
            .downloadLacks(package: "p", file: "f"), .wrongHash(file: "f", expected: "a", found: "b"),
            .workerRunning(pid: 7), .workerCannotStart(reason: "r"), .workerKeepsDying(log: "/l"),
            .jobElsewhere(id, office), .serviceNotNamed, .fileNotUploaded(path: "/p", office),
            .jobBeingSent(id, office), .jobUncertain(id, office, why: StoreError.noHome.explanation),
            .serviceCannot(.keeping, id, office), .serviceCannot(.moving, id, office),
        ]
        for error in errors {
            for language in Language.allCases { #expect(error.explanation.text(in: language).count > 10, "\(error)") }
            #expect(error.exitStatus != .done, "\(error)")
        }
    }
}
