import TuneModel

/// What some rows of a dataset come to; those of neighbouring stretches are put together.
struct StatsCensus: Sendable {
    var broken = 0
    var prompts = LengthTally()
    var completions = LengthTally()
    var lengths = LengthTally()
    var tokens = LengthTally()
    var trained = LengthTally()
    /// Rows with more tokens than fit the base model.
    var overlong = 0
    var turns = LengthTally()
    var roles: [String: Int] = [:]
    var languages: [TextLanguage: Int] = [:]
    var pairs = RowPairs()
    var answers = KindTally()
    var systems = KindTally()

    /// Counts the row that is looked at.
    mutating func add(_ sight: RowSight, shape: Record.Shape, measure: TokenMeasure?) {
        let texts = sight.texts
        guard texts.isRecord else {
            broken += 1
            return
        }
        var prompt = (length: 0, digest: UInt64(0))
        var completion = (length: 0, digest: UInt64(0))
        var hasSystem = false
        for part in texts.parts {
            let text = texts.text(of: part)
            let length = scalarCount(text)
            let digest = Digest(text).high
            if part.side == .prompt {
                prompt.length += length
                prompt.digest = prompt.digest &* 0x9e37_79b9_7f4a_7c15 &+ digest
            } else {
                if part.side == .completion { completion.length += length }
                completion.digest = completion.digest &* 0x9e37_79b9_7f4a_7c15 &+ digest
            }
            if part.role == .none {
                if part.side == .completion { answers.add(text) }
            } else {
                roles[part.role.name, default: 0] += 1
            }
            if !hasSystem, part.role == .system || part.role == .developer {
                hasSystem = true
                systems.add(text)
            }
        }
        prompts.add(prompt.length)
        completions.add(completion.length)
        lengths.add(prompt.length + completion.length)
        pairs.add(RowPairs.Pair(prompt: prompt.digest, completion: completion.digest))
        turns.add(texts.parts.count)
        languages[sight.script() ?? .none, default: 0] += 1
        if let measure, let count = sight.tokenCount() {
            tokens.add(count.all)
            trained.add(count.trained)
            if count.all > measure.context { overlong += 1 }
        }
    }

    mutating func add(_ other: StatsCensus) {
        broken += other.broken
        prompts.add(other.prompts)
        completions.add(other.completions)
        lengths.add(other.lengths)
        tokens.add(other.tokens)
        trained.add(other.trained)
        overlong += other.overlong
        turns.add(other.turns)
        roles.merge(other.roles, uniquingKeysWith: +)
        languages.merge(other.languages, uniquingKeysWith: +)
        pairs.add(other.pairs)
        answers.add(other.answers)
        systems.add(other.systems)
    }
}

extension RowTexts.Role {
    var name: String {
        switch self {
        case .none: ""
        case .system: "system"
        case .developer: "developer"
        case .user: "user"
        case .assistant: "assistant"
        case .tool: "tool"
        case .function: "function"
        case .other(let name): name
        }
    }
}
