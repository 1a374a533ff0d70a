import TuneCanvas
import TuneControl

/// A key, or several, that give a command in a scope.
struct Binding {
    let keys: [Key]
    let scope: Scope
    let command: Command
    /// Whether the footer tells of it, as far as there is room.
    let isInFooter: Bool

    /// - Parameter notation: keys of one press each, parted by spaces, as `KeyNotation` reads them.
    init(_ notation: String, in scope: Scope, _ command: Command, footer: Bool = false) {
        keys = notation.split(separator: " ").map { word in
            guard let keys = try? KeyNotation.keys(in: String(word)), keys.count == 1 else {
                preconditionFailure("\(word) is not one key")
            }
            return keys[0]
        }
        self.scope = scope
        self.command = command
        isInFooter = footer
    }

    /// The first key, as footer and help show it.
    var label: String { keys.first.map(KeyNotation.label) ?? "" }
    var labels: String { keys.map(KeyNotation.label).joined(separator: " ") }
}
