import Testing
import TuneModel

@testable import TuneTrainer

/// Conversations as transformers writes them; see `make_tokens.py`.
struct ChatTemplateTests {
    private struct Chat: Decodable {
        let messages: [Message]
        let text: String
        let prompt: String
        let ids: [Int32]
        /// One digit for each token.
        let learned: String
    }

    @Test func rendersAsTheReferenceDoes() throws {
        let template = try ChatTemplate(GGUFFile(path: TestModel.path))
        for chat in try Fixture.json("chats.json", as: [Chat].self) {
            #expect(try template.render(chat.messages, promptsAnswer: false) == chat.text)
            #expect(try template.render(chat.messages, promptsAnswer: true) == chat.prompt)
        }
    }

    @Test func learnsTheAnswersAndTheirEnds() throws {
        let template = try ChatTemplate(GGUFFile(path: TestModel.path))
        let tokenizer = try TokenizerTests.tokenizer.get()
        for chat in try Fixture.json("chats.json", as: [Chat].self) {
            let (ids, isTrained) = try template.encode(chat.messages, with: tokenizer)
            #expect(ids == chat.ids)
            #expect(isTrained.map { $0 ? "1" : "0" }.joined() == chat.learned, "\(chat.text)")
        }
    }

    @Test func aTemplateThatDoesSomethingUnknownIsNotGuessed() throws {
        var writer = GGUFWriter(metadata: 1)
        writer.put(key: "tokenizer.chat_template", "{% include 'turns' %}")
        writer.pad()
        try writer.withFile { path in
            let file = try GGUFFile(path: path)
            #expect(throws: TrainerError.unknownChatTemplate(path: path, construct: "the tag `include`")) {
                try ChatTemplate(file)
            }
        }
    }

    @Test func aFileWithoutATemplateSaysSo() throws {
        try GGUFWriter().withFile { path in
            let file = try GGUFFile(path: path)
            #expect(throws: TrainerError.noChatTemplate(path: path)) { try ChatTemplate(file) }
        }
    }
}
