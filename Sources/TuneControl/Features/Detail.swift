public import TuneModel

/// How the record under the cursor is looked at: as text or as tokens, and how far it is scrolled.
public enum Detail {
    /// The tokens of the record.
    public enum Tokens: Hashable, Sendable {
        case unknown
        case loading
        case cut([TokenPiece])
        /// There is no base model to cut it with.
        case noModel
        case failed(Explanation)

        public var pieces: [TokenPiece]? { if case .cut(let pieces) = self { pieces } else { nil } }

        /// How many there are and how many of them are trained; nil while that is not known.
        public var count: TokenCount? {
            pieces.map { TokenCount(all: $0.count, trained: $0.count { $0.isTrained }) }
        }
    }

    public struct State: Equatable, Sendable {
        /// The record that everything here is about.
        public internal(set) var record: Record?
        public internal(set) var tokens = Tokens.unknown
        public internal(set) var showsTokens = false
        public internal(set) var showsIDs = false
        /// Rows scrolled down by.
        public internal(set) var top = 0

        public init() {}
    }

    public enum Action: Hashable, Sendable {
        /// Another record is under the cursor, or none.
        case shown(Record?)
        case tokensToggled
        case idsToggled
        /// To this row, as far as there is one.
        case scrolled(to: Int)
        /// Nil without a base model.
        case arrived(Record, [TokenPiece]?)
        case failed(Record, Explanation)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .shown(let record):
            guard record != state.record else { return [] }
            state.record = record
            state.top = 0
            state.tokens = .unknown
            return load(in: &state)
        case .tokensToggled:
            state.showsTokens.toggle()
            state.top = 0
            return load(in: &state)
        case .idsToggled:
            state.showsIDs.toggle()
        case .scrolled(let row):
            state.top = max(0, row)
        case .arrived(let record, let pieces):
            if record == state.record { state.tokens = pieces.map(Tokens.cut) ?? .noModel }
        case .failed(let record, let why):
            if record == state.record { state.tokens = .failed(why) }
        }
        return []
    }

    // MARK: -

    /// What one has not asked for must cost nobody a wait; a longer record is cut only on demand.
    private static let most = 100_000

    private static func load(in state: inout State) -> [Effect] {
        guard state.tokens == .unknown, let record = state.record else { return [.stop(.tokens)] }
        guard state.showsTokens || record.bytes <= most else { return [.stop(.tokens)] }
        state.tokens = .loading
        return [.loadTokens(record)]
    }
}

extension Record {
    /// Bytes of its texts.
    fileprivate var bytes: Int {
        switch self {
        case .completion(let prompt, let completion): prompt.utf8.count + completion.utf8.count
        case .chat(let messages): Self.bytes(messages)
        case .preference(let input, let preferred, let rejected):
            Self.bytes(input) + Self.bytes(preferred) + Self.bytes(rejected)
        }
    }

    private static func bytes(_ messages: [Message]) -> Int { messages.reduce(0) { $0 + $1.content.utf8.count } }
}

extension Deck.State {
    /// The record that the detail pane shows now.
    var shownRecord: Record? {
        guard tab == .data, case .record(let record)? = browse.current?.selected?.content else { return nil }
        return record
    }
}
