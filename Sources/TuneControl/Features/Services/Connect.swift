public import TuneModel

/// The form that configures a service: its name, its address, and where its key comes from.
public enum Connect {
    public enum Row: Hashable, Sendable, CaseIterable { case name, address, source, value }

    /// The kinds of places that a key comes from.
    public enum Source: Hashable, Sendable, CaseIterable { case environment, file, command, none }

    /// Why a row cannot be taken as it stands.
    public struct Fault: Error, Hashable, Sendable {
        public let row: Row
        public let text: Wording
    }

    public struct State: Hashable, Sendable {
        public var name: TextBuffer
        public var address: TextBuffer
        public var source = Source.environment
        public var value: TextBuffer
        public var active = 0
        public var isAdding = false
        /// Names that other services have.
        let taken: Set<ServiceName>
        /// Whether Enter has been pressed, so that what is missing is told.
        public var isTold = false

        public init(taken: [ServiceName]) {
            self.taken = Set(taken)
            // The one that most people mean, unless they have it.
            let isFirst = !taken.contains { $0.text == "openai" }
            name = TextBuffer(isFirst ? "openai" : "")
            address = TextBuffer(isFirst ? "https://api.openai.com/v1" : "https://")
            value = TextBuffer(isFirst ? "OPENAI_API_KEY" : "")
        }

        public var rows: [Row] { source == .none ? [.name, .address, .source] : Row.allCases }
        public var row: Row { rows[min(active, rows.count - 1)] }

        /// The text that is typed into; nil on the row that is switched.
        public var focusedText: TextBuffer? {
            switch row {
            case .name: name
            case .address: address
            case .value: value
            case .source: nil
            }
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case moved(by: Int)
        /// The next kind of place for the key.
        case toggled
        case accepted
        case failed
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            switch state.row {
            case .name: state.name.apply(edit)
            case .address: state.address.apply(edit)
            case .value: state.value.apply(edit)
            case .source: break
            }
        case .moved(let step):
            let count = state.rows.count
            state.active = (min(state.active, count - 1) + step + count) % count
        case .toggled:
            guard state.row == .source else { return [] }
            let all = Source.allCases
            state.source = all[(all.firstIndex(of: state.source)! + 1) % all.count]
            // What was right for one kind is wrong for the next.
            state.value.replace(with: "")
        case .accepted:
            guard !state.isAdding else { return [] }
            state.isTold = true
            switch state.request {
            case .success(let service):
                state.isAdding = true
                return [.addService(service)]
            case .failure(let fault):
                state.active = state.rows.firstIndex(of: fault.row) ?? state.active
            }
        case .failed:
            state.isAdding = false
        }
        return []
    }
}
