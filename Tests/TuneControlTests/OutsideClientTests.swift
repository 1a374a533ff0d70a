import Foundation
import Testing

@testable import TuneControl

struct OutsideClientTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func theFileIsReadableByItsOwnerAlone() async throws {
        let client = OutsideClient.onDisk { command in
            let path = command.last!
            let modes = try [mode(path), mode((path as NSString).deletingLastPathComponent)]
            #expect(modes == [0o600, 0o700])
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text == "text")
            try Data("changed".utf8).write(to: URL(fileURLWithPath: path))
            return 0
        }
        let result = try await client.edit(["ed"], "text", nil)
        guard case .edited("changed", let file) = result else {
            Issue.record("\(result)")
            return
        }
        // The same file is given again, with what is to be seen then.
        let again = OutsideClient.onDisk { command in
            #expect(command == ["ed", file])
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text == "with a complaint")
            return 0
        }
        #expect(try await again.edit(["ed"], "with a complaint", file) == .edited("with a complaint", file: file))
        client.discard(file)
        #expect(!FileManager.default.fileExists(atPath: (file as NSString).deletingLastPathComponent))
    }

    @Test func aFailureLeavesNothingUnlessSomethingWasWritten() async throws {
        let quiet = OutsideClient.onDisk { _ in 1 }
        #expect(try await quiet.edit(["ed"], "text", nil) == .ended(status: 1, kept: nil))
        let killed = OutsideClient.onDisk { command in
            try Data("half".utf8).write(to: URL(fileURLWithPath: command.last!))
            return 137
        }
        guard case .ended(137, let kept?) = try await killed.edit(["ed"], "text", nil) else {
            Issue.record("what was written is lost")
            return
        }
        #expect(try String(contentsOfFile: kept, encoding: .utf8) == "half")
        killed.discard(kept)
    }

    @Test func bytesThatAreNoTextAreTold() async throws {
        let client = OutsideClient.onDisk { command in
            try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: command.last!))
            return 0
        }
        guard case .edited(nil, let file) = try await client.edit(["ed"], "text", nil) else {
            Issue.record("taken for text")
            return
        }
        client.discard(file)
    }

    @Test(arguments: [
        (["VISUAL": "code -w", "EDITOR": "vi"], "code -w"), (["VISUAL": " ", "EDITOR": "nano"], "nano"),
    ])
    func theVariablesAreAskedInTheirOrder(environment: [String: String], editor: String) {
        let client = OutsideClient.onDisk(environment: environment) { _ in 0 }
        #expect(client.editor() == ["/bin/sh", "-c", "\(editor) \"$@\"", editor])
    }

    @Test func withoutVariablesTheFirstThatIsInstalledIsTaken() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let client = OutsideClient.onDisk(environment: ["PATH": folder.path]) { _ in 0 }
        #expect(client.editor() == nil)
        let nano = folder.appendingPathComponent("nano").path
        _ = FileManager.default.createFile(atPath: nano, contents: Data(), attributes: [.posixPermissions: 0o755])
        #expect(client.editor() == [nano])
    }
}
