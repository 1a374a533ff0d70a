public import TuneModel

/// The services that work can be given to, the current one among them.
public enum Services {
    /// How a service stands, as far as it was asked.
    public enum Standing: Hashable, Sendable {
        case unknown
        case asking
        case good(ServiceStanding)
        case failed(Explanation)
    }

    /// Jobs on their way to a service.
    public struct Sending: Hashable, Sendable {
        public let service: ServiceName
        /// What the job is called.
        public let title: String
        /// The file that is on its way; nil before and after.
        public var path: String?
        public var progress: TransferProgress?

        /// The file's name without its folder.
        public var name: String? { path.map { $0.split(separator: "/").last.map(String.init) ?? $0 } }
    }

    public struct State: Hashable, Sendable {
        public var cards: [ServiceCard] = []
        /// Nil is this machine.
        public var current: ServiceName?
        /// Rows of the switch: this machine, then every service.
        public var list = ListState(count: 1)
        public var isLoaded = false
        public var standings: [ServiceName: Standing] = [:]
        public var sending: Sending?

        public init() {}

        public var names: [ServiceName] { cards.map(\.name) }
        /// The service under the cursor; nil is this machine.
        public var selected: ServiceCard? { list.cursor > 0 ? cards[list.cursor - 1] : nil }
        public func standing(of name: ServiceName) -> Standing { standings[name] ?? .unknown }

        /// Whether a service's jobs can be paused; taken for granted until it has shown otherwise.
        public func canPause(_ name: ServiceName) -> Bool {
            if case .good(let standing) = standings[name] { standing.canPause } else { true }
        }
    }

    public enum Action: Hashable, Sendable {
        case arrived(ServiceRoll)
        case moved(Motion, rows: Int)
        case chosen(ServiceName?)
        case checkAsked(ServiceName)
        case checked(ServiceName, Standing)
        case added(ServiceCard)
        case sendingStarted(Sending)
        case sent(path: String, TransferProgress)
        case sendingEnded
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .arrived(let roll):
            let kept = state.isLoaded ? state.selected?.name : roll.current
            state.cards = roll.cards
            state.current = roll.current.flatMap { name in roll.cards.contains { $0.name == name } ? name : nil }
            state.isLoaded = true
            state.show(kept)
        case .moved(let motion, let rows):
            state.list.move(motion, rows: rows)
        case .chosen(let name):
            state.current = name
            guard let name else { return [.chooseService(nil)] }
            return [.chooseService(name)] + update(&state, .checkAsked(name))
        case .checkAsked(let name):
            state.standings[name] = .asking
            return [.checkService(name)]
        case .checked(let name, let standing):
            state.standings[name] = standing
        case .added(let card):
            state.cards.removeAll { $0.name == card.name }
            state.cards.append(card)
            state.show(card.name)
            return update(&state, .checkAsked(card.name))
        case .sendingStarted(let sending):
            state.sending = sending
        case .sent(let path, let progress):
            state.sending?.path = path
            state.sending?.progress = progress
        case .sendingEnded:
            state.sending = nil
        }
        return []
    }
}

extension Services.State {
    /// Fits the list to the cards, the cursor on one of them.
    fileprivate mutating func show(_ name: ServiceName?) {
        list.resize(to: cards.count + 1)
        list.select(name.flatMap { name in cards.firstIndex { $0.name == name } }.map { $0 + 1 } ?? 0)
    }
}
