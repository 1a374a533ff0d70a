import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Answers of a model that knows nothing: its logits are drawn, so that only the form keeps them in order.
struct AnswerGuideTests {
    private static let tokenizer = AnswerWriterTests.tokenizer

    private struct Written {
        var text = ""
        var bytes: [UInt8] = []
        var end = AnswerWriter.End.length
        var count = 0
    }

    /// `urge` is added to the logits of what closes, for each token that has been written.
    private func write(
        _ form: AnswerForm, seed: UInt64, room: Int = 600, urge: Float = 0.05, stop: [String] = []
    ) throws -> Written {
        let numbers = Numbers(seed: seed)
        let request = AnswerRequest(
            model: "m", input: .prompt("x"), sampling: Sampling(temperature: 1, seed: seed), stop: stop, form: form,
            alternatives: 0)
        var writer = try AnswerWriter(request, prompt: [1], tokenizer: Self.tokenizer, room: room)
        var written = Written()
        let yield: (AnswerPart) -> Void = { part in
            guard case .text(let text, let tokens) = part else { return }
            written.text += text
            written.bytes += tokens.flatMap(\.chosen.bytes)
        }
        let closing = (0..<Self.tokenizer.count).filter { id in
            Self.tokenizer.endIDs.contains(Int32(id))
                || Self.tokenizer.bytes(of: Int32(id)).first.map { #""]}"#.utf8.contains($0) } ?? false
        }
        repeat {
            let logits = numbers.matrix(1, Self.tokenizer.count)
            for id in closing { logits.base[id] += urge * Float(writer.count) }
            guard writer.take(logits, yield) != nil else { break }
        } while true
        writer.finish(yield)
        written.end = writer.end
        written.count = writer.count
        return written
    }

    private static let schema = """
        {"type": "object", "properties": {"name": {"type": "string", "maxLength": 20}, "n": {"type": "integer"},
         "kind": {"enum": ["床前", "é", "plain"]}, "more": {"type": "array", "items": {"type": "string"}}},
         "required": ["name", "kind"], "additionalProperties": false}
        """

    @Test(arguments: UInt64(1)...40) func aModelWithoutSenseWritesWhatFits(_ seed: UInt64) throws {
        let written = try write(.schema(Self.schema), seed: seed)
        #expect(written.end == .endToken)
        #expect(try SchemaChecker(Self.schema).objection(to: written.text) == nil, "\(written.text)")
        #expect(written.bytes == Array(written.text.utf8))
    }

    @Test(arguments: UInt64(1)...20) func anyObjectIsJSON(_ seed: UInt64) throws {
        let written = try write(.json, seed: seed)
        #expect(written.end == .endToken)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(written.text.utf8)) }
        #expect(written.text.hasPrefix("{") && !written.text.contains("\u{FFFD}"))
    }

    @Test func anEndIsAllowedOnlyWhereTheFormMayEnd() throws {
        let end = try #require(Self.tokenizer.endIDs.first)
        var guide = try AnswerGuide(
            .grammar("root ::= \"ab\" [c-e]*"), tokenizer: Self.tokenizer, endIDs: Self.tokenizer.endIDs)
        for (token, mayEnd) in zip(AnswerWriterTests.singles("abcd"), [false, false, true, true]) {
            #expect(guide.allowed().contains(end) == mayEnd)
            #expect(guide.allowed().contains(token) && !guide.isComplete)
            guide.take(token)
        }
        #expect(guide.allowed().contains(end))
    }

    @Test func aCompleteFormEndsTheAnswerAtOnce() throws {
        let written = try write(.grammar("root ::= \"a\" \"é\""), seed: 1)
        #expect(written.text == "aé" && written.end == .endToken)
    }

    @Test func atTheLimitTheAnswerSaysSo() throws {
        let written = try write(.schema(#"{"type": "string", "minLength": 400}"#), seed: 2, room: 12)
        #expect(written.end == .length && written.count == 12)
    }

    @Test func aStopStringEndsAFormToo() throws {
        let written = try write(.grammar("root ::= \"a\" \"b\" \"c\""), seed: 2, stop: ["b"])
        #expect(written.text == "a" && written.end == .stopString)
    }

    @Test func aBadFormIsAFaultOfTheRequest() {
        for (form, fault, parameter) in [
            (AnswerForm.grammar(""), FormFault.noRoot, "grammar"),
            (.schema("false"), .impossible(at: "#"), "response_format"),
        ] {
            let request = AnswerRequest(model: "m", input: .prompt("x"), form: form)
            #expect(throws: TrainerError.request(.form(fault))) {
                try AnswerWriter(request, prompt: [1], tokenizer: Self.tokenizer, room: 1)
            }
            #expect(AnswerFault.form(fault).parameter == parameter)
        }
    }
}
