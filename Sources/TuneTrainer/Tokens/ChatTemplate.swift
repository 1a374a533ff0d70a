public import TuneModel

/// How a model wants conversations written.
///
/// Only templates that are known word for word are taken: one that merely looks alike could train a model on the
/// wrong text without anyone noticing.
public struct ChatTemplate: Hashable, Sendable {
    /// What opens a conversation that has no system message of its own.
    public let defaultSystem: String?

    /// The template that a model file carries.
    public init(_ file: GGUFFile) throws(TrainerError) {
        guard let source = try file.metadata.stringIfPresent("tokenizer.chat_template") else {
            throw .noChatTemplate(path: file.path)
        }
        guard let known = ChatTemplate(source: source) else {
            throw .unknownChatTemplate(path: file.path, construct: "")
        }
        self = known
    }

    /// The template with this Jinja source; nil when it is not a known one.
    public init?(source: String) {
        // Some converters write the line break within Jinja's quotes as an escape, others as it is.
        let source = source.replacing("\\n", with: "\n")
        guard source.hasSuffix(Self.turns) else { return nil }
        let opening = source.dropLast(Self.turns.count)
        switch opening {
        case Self.loop:
            defaultSystem = nil
        case Self.loop + Self.opening(system: Self.smolLM):
            defaultSystem = Self.smolLM
        case Self.loop + Self.opening(system: Self.qwen):
            defaultSystem = Self.qwen
        default:
            return nil
        }
    }

    /// The conversation as text, as far as the assistant's next turn when `promptsAnswer` is true.
    public func render(_ messages: [Message], promptsAnswer: Bool) -> String {
        var writer = Writer()
        write(messages, promptsAnswer: promptsAnswer, to: &writer)
        return writer.text
    }

    /// The conversation's tokens, and which of them are learned: each trained answer with the token that ends it.
    public func encode(_ messages: [Message], with tokenizer: Tokenizer) -> (ids: [Int32], isTrained: [Bool]) {
        var writer = Writer()
        write(messages, promptsAnswer: false, to: &writer)
        let (ids, offsets) = tokenizer.encodeWithOffsets(writer.text)
        var isTrained = Array(repeating: false, count: ids.count)
        var token = 0
        for answer in writer.answers {
            // A token that began before the answer and reaches into it belongs to it.
            while token < ids.count, offsets[token] + tokenizer.bytes(of: ids[token]).count <= answer.lowerBound {
                token += 1
            }
            while token < ids.count, offsets[token] < answer.upperBound {
                isTrained[token] = true
                token += 1
            }
        }
        return (ids, isTrained)
    }

    private func write(_ messages: [Message], promptsAnswer: Bool, to writer: inout Writer) {
        if let defaultSystem, let first = messages.first, first.role != "system" {
            writer.turn("system", defaultSystem, isTrained: false)
        }
        for message in messages { writer.turn(message.role, message.content, isTrained: message.isTrained) }
        if promptsAnswer { writer.text += "<|im_start|>assistant\n" }
    }

    /// Writes turns and notes where the trained ones lie, in UTF-8 offsets.
    private struct Writer {
        var text = ""
        var answers: [Range<Int>] = []

        mutating func turn(_ role: String, _ content: String, isTrained: Bool) {
            text += "<|im_start|>\(role)\n"
            let start = text.utf8.count
            text += "\(content)<|im_end|>"
            if isTrained { answers.append(start..<text.utf8.count) }
            text += "\n"
        }
    }

    // MARK: - Known sources

    private static let smolLM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
    private static let qwen = "You are a helpful assistant"

    private static let loop = "{% for message in messages %}"

    private static func opening(system: String) -> String {
        "{% if loop.first and messages[0]['role'] != 'system' %}"
            + "{{ '<|im_start|>system\n\(system)<|im_end|>\n' }}{% endif %}"
    }

    private static let turns =
        "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
}
