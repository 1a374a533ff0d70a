public import TuneCanvas
public import TuneControl

/// Which key gives which command where. Dispatch, footer, help, palette and `tunedeck keys` all read it.
public struct KeyTable {
    let bindings: [Binding]
    private let commands: [Scope: [[Key]: Command]]
    /// What begins a longer sequence.
    private let prefixes: [Scope: Set<[Key]>]

    init(_ bindings: [Binding]) {
        self.bindings = bindings
        var commands: [Scope: [[Key]: Command]] = [:]
        var prefixes: [Scope: Set<[Key]>] = [:]
        for binding in bindings {
            for keys in binding.sequences {
                commands[binding.scope, default: [:]][keys] = binding.command
                for count in 1..<max(1, keys.count) {
                    prefixes[binding.scope, default: []].insert(Array(keys.prefix(count)))
                }
            }
        }
        self.commands = commands
        self.prefixes = prefixes
    }

    /// The keys that TuneDeck comes with.
    public static let standard = KeyTable(DefaultBindings.all)

    /// The command of a key in a scope.
    public func command(for key: Key, in scope: Scope) -> Command? { commands[scope]?[[key]] }

    /// The command of keys pressed one after the other.
    func command(for keys: [Key], in scope: Scope) -> Command? { commands[scope]?[keys] }

    /// Whether more keys make a command of these.
    func isPrefix(_ keys: [Key], in scope: Scope) -> Bool { prefixes[scope]?.contains(keys) ?? false }

    /// What can follow these keys, a scope that is asked earlier before the others.
    func continuations(of keys: [Key], in scopes: [Scope]) -> [(keys: [Key], command: Command)] {
        var seen = Set<[Key]>()
        var found: [(keys: [Key], command: Command)] = []
        for scope in scopes {
            for binding in bindings(in: scope) {
                for sequence in binding.sequences where sequence.count > keys.count && sequence.starts(with: keys) {
                    let rest = Array(sequence.dropFirst(keys.count))
                    if seen.insert(rest).inserted { found.append((rest, binding.command)) }
                }
            }
        }
        return found
    }

    func bindings(in scope: Scope) -> [Binding] { bindings.filter { $0.scope == scope && !$0.sequences.isEmpty } }

    /// The first binding of a command, in these scopes first.
    func binding(of command: Command, in scopes: [Scope]) -> Binding? {
        for scope in scopes {
            if let binding = bindings(in: scope).first(where: { $0.command == command }) { return binding }
        }
        return bindings.first { $0.command == command && !$0.sequences.isEmpty }
    }

    /// One line of a key listing.
    public struct Entry: Hashable, Sendable {
        public let scope: Scope
        public let command: Command
        /// In the notation of keymap files: `<c-p>`.
        public let keys: [String]
    }

    /// Every binding, for `tunedeck keys`.
    public var entries: [Entry] {
        bindings.map {
            Entry(
                scope: $0.scope, command: $0.command,
                keys: $0.sequences.map { $0.map(KeyNotation.text(for:)).joined() })
        }
    }
}
