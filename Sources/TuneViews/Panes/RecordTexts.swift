import TuneControl
import TuneModel

/// A record as captions and texts, the way panes show it.
struct RecordTexts {
    let parts: [(caption: String, text: String)]

    init(_ record: Record, look: Look) {
        func turns(_ messages: [Message], _ prefix: String = "") -> [(String, String)] {
            messages.map { turn in
                // An assistant's turn that is not learned says so.
                let isLeftOut = turn.role == "assistant" && !turn.isTrained
                return (prefix + turn.role + (isLeftOut ? " ×0" : ""), turn.content)
            }
        }
        switch record {
        case .completion(let prompt, let completion):
            parts = [(look.say("prompt", "提问"), prompt), (look.say("completion", "回答"), completion)]
        case .chat(let messages):
            parts = turns(messages)
        case .preference(let input, let preferred, let rejected):
            parts =
                turns(input) + turns(preferred, look.say("better ", "更好 ")) + turns(rejected, look.say("worse ", "较差 "))
        }
    }

    /// Of all texts together.
    var bytes: Int { parts.reduce(0) { $0 + $1.text.utf8.count } }

    /// What `revealed` puts in the place of whitespace.
    static let marks = Set<Character>("·⏎␍⇥")

    /// Two texts that tell the record in one line of a table: what is asked, and what is answered.
    static func summary(_ record: Record) -> (asked: String, answered: String) {
        switch record {
        case .completion(let prompt, let completion):
            (oneLine(prompt), oneLine(completion))
        case .chat(let messages):
            (
                oneLine(messages.first { $0.role == "user" }?.content ?? ""),
                oneLine(messages.last { $0.role == "assistant" }?.content ?? "")
            )
        case .preference(let input, let preferred, _):
            (oneLine(input.last?.content ?? ""), oneLine(preferred.last?.content ?? ""))
        }
    }

    /// The beginning of a text on one line; more than a screen is wide is not looked at.
    static func oneLine(_ text: String) -> String {
        String(text.prefix(400).map { $0.isWhitespace ? " " : $0 }).trimmedStart
    }

    /// With every space and line end made visible.
    static func revealed(_ text: String) -> String {
        var shown = ""
        for character in text {
            switch character {
            case " ": shown.append("·")
            case "\n": shown.append("⏎\n")
            case "\r\n": shown.append("␍⏎\n")
            case "\t": shown.append("⇥")
            default: shown.append(character)
            }
        }
        return shown
    }
}

extension String {
    /// Without the spaces at its beginning.
    var trimmedStart: String { String(drop { $0 == " " }) }
}
