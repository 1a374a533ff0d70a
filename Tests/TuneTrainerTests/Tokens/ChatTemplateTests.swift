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
            #expect(template.render(chat.messages, promptsAnswer: false) == chat.text)
            #expect(template.render(chat.messages, promptsAnswer: true) == chat.prompt)
        }
    }

    @Test func learnsTheAnswersAndTheirEnds() throws {
        let template = try ChatTemplate(GGUFFile(path: TestModel.path))
        let tokenizer = try TokenizerTests.tokenizer.get()
        for chat in try Fixture.json("chats.json", as: [Chat].self) {
            let (ids, isTrained) = template.encode(chat.messages, with: tokenizer)
            #expect(ids == chat.ids)
            #expect(isTrained.map { $0 ? "1" : "0" }.joined() == chat.learned, "\(chat.text)")
        }
    }

    @Test func knowsPlainChatML() throws {
        let source =
            "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>'"
            + " + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
        let template = try #require(ChatTemplate(source: source))
        #expect(template.defaultSystem == nil)
        let escaped = try #require(ChatTemplate(source: source.replacing("\n", with: "\\n")))
        #expect(escaped == template)
        let text = template.render([Message(role: "user", content: "Hi")], promptsAnswer: true)
        #expect(text == "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n")
    }

    @Test(arguments: ["", "{{ messages }}", "{% for message in messages %}{{ message['content'] }}{% endfor %}"])
    func aTemplateThatIsNotKnownIsNotGuessed(_ source: String) throws {
        #expect(ChatTemplate(source: source) == nil)
        var writer = GGUFWriter(metadata: 1)
        writer.put(key: "tokenizer.chat_template", source)
        writer.pad()
        try writer.withFile { path in
            let file = try GGUFFile(path: path)
            #expect(throws: TrainerError.unknownChatTemplate(path: path, construct: "")) { try ChatTemplate(file) }
        }
    }

    @Test func aFileWithoutATemplateSaysSo() throws {
        try GGUFWriter().withFile { path in
            let file = try GGUFFile(path: path)
            #expect(throws: TrainerError.noChatTemplate(path: path)) { try ChatTemplate(file) }
        }
    }
}
