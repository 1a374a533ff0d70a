public import TuneCanvas
public import TuneControl

/// Which key gives which command where. Dispatch, footer, help, palette and `tunedeck keys` all read it.
public struct KeyTable {
    let bindings: [Binding]
    private let commands: [Scope: [Key: Command]]

    init(_ bindings: [Binding]) {
        self.bindings = bindings
        var commands: [Scope: [Key: Command]] = [:]
        for binding in bindings {
            for key in binding.keys { commands[binding.scope, default: [:]][key] = binding.command }
        }
        self.commands = commands
    }

    /// The keys that TuneDeck comes with.
    public static let standard = KeyTable(DefaultBindings.all)

    /// The command of a key in a scope.
    public func command(for key: Key, in scope: Scope) -> Command? { commands[scope]?[key] }

    func bindings(in scope: Scope) -> [Binding] { bindings.filter { $0.scope == scope } }

    /// The first binding of a command, in these scopes first.
    func binding(of command: Command, in scopes: [Scope]) -> Binding? {
        for scope in scopes {
            if let binding = bindings.first(where: { $0.scope == scope && $0.command == command }) { return binding }
        }
        return bindings.first { $0.command == command }
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
        bindings.map { Entry(scope: $0.scope, command: $0.command, keys: $0.keys.map(KeyNotation.text(for:))) }
    }
}
