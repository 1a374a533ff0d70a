public import TuneModel

/// How a model wants conversations written: the Jinja template that it carries, followed as it stands.
///
/// Nothing is guessed: a template that does something unknown is an error, since one that was followed wrongly could
/// train a model on the wrong text without anyone noticing.
public struct ChatTemplate: @unchecked Sendable {
    // Immutable after init: the statements hold no functions and no namespaces, only literals.
    private let statements: [JinjaStatement]
    /// The special tokens by the names that templates know them by, such as `bos_token`.
    private let specials: [String: String]
    private let path: String

    /// The template of a GGUF file.
    public init(_ file: GGUFFile) throws(TrainerError) {
        guard let source = try file.metadata.stringIfPresent("tokenizer.chat_template") else {
            throw .noChatTemplate(path: file.path)
        }
        var specials: [String: String] = [:]
        for (name, key) in [
            ("bos_token", "bos"), ("eos_token", "eos"), ("unk_token", "unknown"), ("pad_token", "padding"),
        ] {
            let key = "tokenizer.ggml.\(key)_token_id"
            guard file.metadata[key] != nil else { continue }
            specials[name] = try file.metadata.array("tokenizer.ggml.tokens").text(at: file.metadata.integer(key))
        }
        try self.init(source: source, specials: specials, path: file.path)
    }

    /// `specials` are the texts of `bos_token` and the like; `path` is for errors.
    init(source: String, specials: [String: String] = [:], path: String) throws(TrainerError) {
        do {
            statements = try JinjaParser.statements(of: source)
        } catch {
            throw Self.error(error, path)
        }
        self.specials = specials
        self.path = path
    }

    /// The conversation as text, as far as the assistant's next turn when `promptsAnswer` is true.
    public func render(_ messages: [Message], promptsAnswer: Bool) throws(TrainerError) -> String {
        let turns = messages.map { message in
            JinjaValue.object(JinjaObject([("role", .string(message.role)), ("content", .string(message.content))]))
        }
        return try render([
            "messages": .array(turns), "add_generation_prompt": .bool(promptsAnswer), "tools": JinjaValue.none,
            "documents": JinjaValue.none,
        ])
    }

    /// The text with these variables, beside the special tokens.
    func render(_ variables: [String: JinjaValue]) throws(TrainerError) -> String {
        do {
            return try JinjaRenderer(specials.mapValues(JinjaValue.string).merging(variables) { $1 }).render(statements)
        } catch {
            throw Self.error(error, path)
        }
    }

    private static func error(_ fault: JinjaFault, _ path: String) -> TrainerError {
        switch fault {
        case .unknown(let construct): .unknownChatTemplate(path: path, construct: construct)
        case .raised(let message): .chatTemplateRefuses(path: path, message: message)
        }
    }
}
