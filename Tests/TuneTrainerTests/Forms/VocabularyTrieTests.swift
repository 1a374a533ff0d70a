import Testing
import TuneModel

@testable import TuneTrainer

struct VocabularyTrieTests {
    private static let forms: [(AnswerForm, [String])] = [
        (.grammar("root ::= [a-z 月👍]* \".\""), ["", "the 月", "👍"]),
        (.json, ["{", "{\"a\": ", "{\"a\": \"x", "{\"a\": \"x\", ", "{\"a\": [1, {\"b\": 2", "{\"é\\u00"]),
    ]

    @Test(arguments: forms.indices) func theTreeFindsWhatTokensOneByOneFind(_ index: Int) throws {
        let (form, beginnings) = Self.forms[index]
        let tokenizer = AnswerWriterTests.tokenizer
        let matcher = FormMatcher(try form.machine())
        for beginning in beginnings {
            // A character may be cut, too.
            for cut in 0..<min(3, beginning.utf8.count + 1) {
                let place = matcher.step(matcher.start, beginning.utf8.dropLast(cut))
                let mask = tokenizer.trie.tokens(after: place, in: matcher)
                for id in 0..<Int32(tokenizer.count) {
                    let bytes = tokenizer.bytes(of: id)
                    let fits = !tokenizer.endIDs.contains(id) && id > 2 && matcher.step(place, bytes) >= 0
                    #expect(mask.contains(id) == fits, "\(beginning) + \(bytes)")
                }
            }
        }
    }

    @Test func sameAndEmptyTokensAreKeptApart() throws {
        let bytes: [[UInt8]] = [[], [97], [97], [97, 98], Array(repeating: 97, count: 300), [98]]
        let trie = VocabularyTrie(count: 6, tokens: bytes.enumerated().map { (Int32($0), $1[...]) })
        let matcher = FormMatcher(try AnswerForm.grammar("root ::= \"a\"* \"b\"?").machine())
        let mask = trie.tokens(after: matcher.start, in: matcher)
        #expect((0..<6).filter { mask.contains($0) } == [1, 2, 3, 5])
        #expect(mask.first == 1 && !mask.isEmpty && TokenMask(6).isEmpty && TokenMask(6).first == nil)
    }

    @Test func aMaskMakesAllOthersImpossible() {
        var mask = TokenMask(130)
        for id in [0, 63, 64, 129, 500, -1] as [Int32] { mask.insert(id) }
        let logits = Numbers().matrix(1, 140)
        mask.apply(to: logits)
        #expect((0..<140).filter { logits.base[$0] > -.infinity } == [0, 63, 64, 129])
    }

    @Test func whatIsForgottenIsFoundAgain() throws {
        let matcher = FormMatcher(try AnswerForm.json.machine())
        let text = #"{"a": [[[{"b": "月"}]]], "c": {"d": 1}}"#
        var place = matcher.start
        for byte in text.utf8 {
            place = matcher.step(place, byte)
            place = matcher.forget(allBut: place)
            #expect(place >= 0)
        }
        #expect(matcher.isEnd(place) && !matcher.goesOn(place))
    }
}
