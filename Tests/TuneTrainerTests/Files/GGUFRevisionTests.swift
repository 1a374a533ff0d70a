import Foundation
import Testing

@testable import TuneTrainer

struct GGUFRevisionTests {
    private let path = NSTemporaryDirectory() + "revision-\(UUID().uuidString).gguf"

    @Test func onlyWhatIsReplacedChanges() throws {
        let original = try GGUFFile(path: Fixture.path("tiny_tied.gguf"))
        let new = Numbers(seed: 9).matrix(32, 32)
        try GGUFRevision(original: original).write(to: path) {
            $0.name == "blk.1.attn_output.weight" ? (0..<32).map { new[rows: $0..<$0 + 1].bytes } : nil
        }
        let revised = try GGUFFile(path: path)
        #expect(revised.tensors.map(\.name) == original.tensors.map(\.name))
        #expect(revised.tensors.map(\.shape) == original.tensors.map(\.shape))
        for (before, after) in zip(original.tensors, revised.tensors) {
            let found = Array(revised.bytes(of: after))
            if after.name == "blk.1.attn_output.weight" {
                #expect(found == Array(new.bytes))
            } else {
                #expect(found == Array(original.bytes(of: before)), "\(after.name)")
            }
        }
        #expect(try revised.architecture == "llama")
        #expect(try Tokenizer(revised).encode("the quick fox") == Tokenizer(original).encode("the quick fox"))
        try FileManager.default.removeItem(atPath: path)
    }
}
