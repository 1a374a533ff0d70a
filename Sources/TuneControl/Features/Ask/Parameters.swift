public import TuneModel

/// The sheet of how models are asked.
public enum Parameters {
    public struct Field: Hashable, Sendable {
        public enum Name: String, CaseIterable, Hashable, Sendable {
            case form, separator, stop, temperature, topP, topK, minP, repetition, frequency, presence, maxTokens, seed

            /// Whether it is meant for one model alone.
            public var isOfModel: Bool { self == .separator || self == .stop }
        }

        public let name: Name
        public var buffer: TextBuffer
    }

    /// Why a field cannot be taken as it stands.
    public struct Fault: Error, Hashable, Sendable {
        public let field: Field.Name
        /// The range that is allowed.
        public let text: Wording
    }

    public struct State: Hashable, Sendable {
        public var fields: [Field]
        public var active = 0
        /// What the model learned; nil where nothing is known, and where several models are asked.
        public let hints: AskHints?
        let settings: AnswerSettings

        /// - Parameter isForOne: whether one model is asked, whose separator and stop can be changed.
        init(_ settings: AnswerSettings, hints: AskHints?, isForOne: Bool) {
            self.settings = settings
            self.hints = hints
            let names = Field.Name.allCases.filter { isForOne || !$0.isOfModel }
            fields = names.map { Field(name: $0, buffer: TextBuffer(Self.text($0, settings, hints))) }
        }

        public func text(_ name: Field.Name) -> String {
            fields.first { $0.name == name }?.buffer.text ?? ""
        }

        /// What the fields say, or the first one that cannot be taken.
        public var result: Result<AnswerSettings, Fault> {
            Result { () throws(Fault) -> AnswerSettings in
                var result = settings
                for field in fields { try Self.take(field, into: &result, hints) }
                return result
            }
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case fieldMoved(by: Int)
        /// The next of the values that the field can take.
        case choiceChanged
        /// Everything as it is without a person's wishes.
        case reset
    }

    static func update(_ state: inout State, _ action: Action) {
        switch action {
        case .edited(let edit): state.fields[state.active].buffer.apply(edit)
        case .fieldMoved(let step):
            state.active = (state.active + step + state.fields.count) % state.fields.count
        case .choiceChanged:
            guard state.fields[state.active].name == .form else { return }
            let forms = AnswerSettings.Form.allCases.map(\.rawValue)
            let here = forms.firstIndex(of: state.fields[state.active].buffer.text.trimmed) ?? -1
            state.fields[state.active].buffer.replace(with: forms[(here + 1) % forms.count])
        case .reset:
            for index in state.fields.indices {
                let text = State.text(state.fields[index].name, AnswerSettings(), state.hints)
                state.fields[index].buffer.replace(with: text)
            }
        }
    }
}

extension Parameters.State {
    /// What a field shows of settings.
    static func text(_ name: Parameters.Field.Name, _ settings: AnswerSettings, _ hints: AskHints?) -> String {
        let sampling = settings.sampling
        func number(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
        return switch name {
        case .form: settings.form.rawValue
        case .separator: EscapedText.escaped(settings.separator ?? hints?.separator ?? "")
        case .stop: EscapedText.joined(settings.stops(hints))
        case .temperature: number(sampling.temperature)
        case .topP: number(sampling.topP)
        case .topK: "\(sampling.topK)"
        case .minP: number(sampling.minP)
        case .repetition: number(sampling.repetitionPenalty)
        case .frequency: number(sampling.frequencyPenalty)
        case .presence: number(sampling.presencePenalty)
        case .maxTokens: "\(settings.maxTokens)"
        case .seed: sampling.seed.map { "\($0)" } ?? ""
        }
    }

    private static func take(
        _ field: Parameters.Field, into result: inout AnswerSettings, _ hints: AskHints?
    ) throws(Parameters.Fault) {
        let name = field.name
        let text = field.buffer.text
        func number() throws(Parameters.Fault) -> Double {
            guard let value = Double(text.trimmed), name.takes(value) else {
                throw Parameters.Fault(field: name, text: name.range)
            }
            return value
        }
        func whole() throws(Parameters.Fault) -> Int {
            guard let value = Int(text.trimmed), name.takes(Double(value)) else {
                throw Parameters.Fault(field: name, text: name.range)
            }
            return value
        }
        switch name {
        case .form:
            guard let form = AnswerSettings.Form(rawValue: text.trimmed) else {
                throw Parameters.Fault(field: name, text: name.range)
            }
            result.form = form
        case .separator:
            let separator = EscapedText.plain(text)
            result.separator = separator == hints?.separator ?? "" ? nil : separator
        case .stop:
            let stops = EscapedText.parts(text)
            result.stop = stops == AnswerSettings().stops(hints) ? nil : stops
        case .temperature: result.sampling.temperature = try number()
        case .topP: result.sampling.topP = try number()
        case .topK: result.sampling.topK = try whole()
        case .minP: result.sampling.minP = try number()
        case .repetition: result.sampling.repetitionPenalty = try number()
        case .frequency: result.sampling.frequencyPenalty = try number()
        case .presence: result.sampling.presencePenalty = try number()
        case .maxTokens: result.maxTokens = try whole()
        case .seed:
            guard !text.trimmed.isEmpty else {
                result.sampling.seed = nil
                return
            }
            guard let seed = UInt64(text.trimmed) else { throw Parameters.Fault(field: name, text: name.range) }
            result.sampling.seed = seed
        }
    }
}

extension Parameters.Field.Name {
    /// Whether a number lies within the range.
    fileprivate func takes(_ value: Double) -> Bool {
        switch self {
        case .temperature: (0...10).contains(value)
        case .topP: value > 0 && value <= 1
        case .topK: (0...1_000_000).contains(value)
        case .minP: (0...1).contains(value)
        case .repetition: value > 0 && value <= 10
        case .frequency, .presence: (-2...2).contains(value)
        case .maxTokens: (1...1_000_000).contains(value)
        case .form, .separator, .stop, .seed: true
        }
    }

    /// What can be written, told when something else was, and beside the field.
    public var range: Wording {
        switch self {
        case .form: Wording("automatic, chat or text", "automatic 自动，chat 对话，text 续写")
        case .separator: Wording(#"behind the prompt; \n: line end"#, #"加在提示之后；\n 表示换行"#)
        case .stop: Wording(#"ends the answer; several by |"#, #"回答在此结束；多个用 | 分隔"#)
        case .temperature: Wording("0 to 10; 0 takes the likeliest", "0 到 10；0 总取最可能的词元")
        case .topP: Wording("above 0, at most 1", "大于 0，不超过 1")
        case .topK: Wording("a whole number; 0 for all tokens", "整数；0 表示全部词元")
        case .minP: Wording("0 to 1", "0 到 1")
        case .repetition: Wording("above 0, at most 10; 1: none", "大于 0，不超过 10；1 表示无惩罚")
        case .frequency, .presence: Wording("−2 to 2; 0 does nothing", "−2 到 2；0 表示无惩罚")
        case .maxTokens: Wording("a whole number from 1", "从 1 起的整数")
        case .seed: Wording("a whole number; empty draws one", "整数；留空则随机")
        }
    }
}
