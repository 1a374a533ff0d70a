import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Examples that are kept in a file come back as they were encoded.
struct ExampleStoreTests {
    private let folder = NSTemporaryDirectory() + "store-\(UUID().uuidString)"

    private func encoder(contextLength: Int) throws -> ExampleEncoder {
        try ExampleEncoder(
            PretrainedModel(path: Fixture.path("tiny_tied.gguf")), contextLength: contextLength)
    }

    @Test func everyExampleComesBackFromTheFile() throws {
        // More words than are written at a time.
        let records = (0..<3_000).map {
            Record.completion(prompt: "What is \($0)?", completion: String(repeating: " number", count: $0 % 7))
        }
        let encoder = try encoder(contextLength: 12)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let store = try ExampleStore(records, encoder, folder: folder)
        let expected = try encoder.encode(records)
        #expect(Array(store) == expected)
        #expect(store.tokenCount == expected.reduce(0) { $0 + $1.tokens.count })
        #expect(store.trainedTokens == expected.reduce(0) { $0 + $1.trainedTokens })
        #expect(store.cutCount == expected.count { $0.cutTokens > 0 } && store.cutCount > 0)
        #expect(store.cutAnswers == expected.count(where: \.isAnswerCut) && store.cutAnswers > 0)
        #expect(store.longest == expected.map(\.tokens.count).max())
        let sorted = expected.map(\.tokens.count).sorted(by: >)
        #expect(store.tokensOfLongest(5) == sorted.prefix(5).reduce(0, +))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty, "the file has a name")
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func pairsComeBackWithBothAnswers() throws {
        let encoder = try encoder(contextLength: 1_000)
        let records = (0..<20).map { number in
            Record.preference(
                input: [Message(role: "user", content: "What is \(number)?")],
                preferred: [Message(role: "assistant", content: "A number.")],
                rejected: [Message(role: "assistant", content: String(repeating: "No. ", count: 1 + number % 3))])
        }
        let store = try ExampleStore(records, encoder, for: .dpo(beta: 0.1), folder: folder)
        #expect(Array(store) == (try encoder.encode(records, for: .dpo(beta: 0.1))))
        #expect(store.allSatisfy { $0.rejected != nil })
        #expect(!FileManager.default.fileExists(atPath: folder), "left a folder behind")
    }

    @Test func aFolderThatCannotBeWrittenIsTold() throws {
        let file = NSTemporaryDirectory() + "file-\(UUID().uuidString)"
        try Data().write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let encoder = try encoder(contextLength: 12)
        #expect {
            _ = try ExampleStore([.completion(prompt: "a", completion: "b")], encoder, folder: file)
        } throws: {
            guard case .cannotWrite = $0 as? TrainerError else { return false }
            return true
        }
    }
}
