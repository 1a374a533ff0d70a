import Testing
import TuneTrainer

/// The tiny models of `make_tiny_llama.py`: their files are sound, and their tokens those of the reference.
struct TinyModelTests {
    private struct Facts: Decodable {
        let sequences: [Sequence]

        struct Sequence: Decodable {
            let ids: [Int32]
            let learnedFrom: Int

            private enum CodingKeys: String, CodingKey {
                case ids
                case learnedFrom = "learned_from"
            }
        }
    }

    @Test(arguments: ["tiny_tied", "tiny_untied"])
    func textsBecomeTheReferencesTokens(_ name: String) throws {
        let tokenizer = try Tokenizer(GGUFFile(path: Fixture.path("\(name).gguf")))
        let sequences = try TensorFixture(name).facts(as: Facts.self).sequences
        let texts = [
            ("What is a fox? ->", " An animal, 12 years old.\n"), ("The dog dreams ->", " of 月 and the quick fox.\n"),
        ]
        #expect(sequences.count == texts.count)
        for (sequence, (prompt, completion)) in zip(sequences, texts) {
            let ids = tokenizer.encode(prompt)
            #expect(ids.count == sequence.learnedFrom)
            #expect(ids + tokenizer.encode(completion) == sequence.ids)
        }
    }

    @Test(arguments: [("tiny_tied", nil), ("tiny_untied", [320, 32])] as [(String, [Int]?)])
    func onlyTheUntiedModelHasAHeadOfItsOwn(_ name: String, _ head: [Int]?) throws {
        let file = try GGUFFile(path: Fixture.path("\(name).gguf"))
        #expect(file.tensorIfPresent("output.weight")?.shape == head)
        let fixture = try TensorFixture(name)
        #expect(try fixture["layers.1.down_proj.dA"].shape == [4, 48])
        #expect(try fixture["logits.0"].values.allSatisfy(\.isFinite))
    }
}
