import TuneCanvas
import TuneControl

/// A key, or several, that give a command in a scope.
struct Binding: Equatable {
    /// Each a way to give the command: one key, or several pressed one after the other.
    var sequences: [[Key]]
    let scope: Scope
    let command: Command
    /// Whether the footer tells of it, as far as there is room.
    let isInFooter: Bool

    /// - Parameter notation: sequences parted by spaces, as `KeyNotation` reads them: `gg <home>`.
    init(_ notation: String, in scope: Scope, _ command: Command, footer: Bool = false) {
        let sequences = notation.split(separator: " ").map { word in
            guard let keys = try? KeyNotation.keys(in: String(word)), !keys.isEmpty else {
                preconditionFailure("\(word) is no key")
            }
            return keys
        }
        self.init(sequences, in: scope, command, footer: footer)
    }

    init(_ sequences: [[Key]], in scope: Scope, _ command: Command, footer: Bool = false) {
        self.sequences = sequences
        self.scope = scope
        self.command = command
        isInFooter = footer
    }

    /// Every key that gives the command by itself.
    var keys: [Key] { sequences.filter { $0.count == 1 }.map { $0[0] } }

    /// The first way, as footer and help show it.
    var label: String { sequences.first.map(Self.label(of:)) ?? "" }
    var labels: String { sequences.map(Self.label(of:)).joined(separator: " ") }

    static func label(of sequence: [Key]) -> String { sequence.map(KeyNotation.label).joined() }
}
