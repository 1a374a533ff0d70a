public import TuneModel

/// The dialog with the answers of earlier days.
public enum History {
    public struct State: Hashable, Sendable {
        /// Newest first.
        public var answers: [KeptAnswer] = []
        public var list = ListState()
        /// Words that all have to be in an answer or its question.
        public var words = TextBuffer()
        public var isTyping = false
        public var isLoaded = false

        public init() {}

        public var selected: KeptAnswer? { list.selected.map { answers[$0] } }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case typingChanged(Bool)
        case arrived(words: [String], [KeptAnswer])
        case failed
        case moved(Motion, rows: Int)
        case deleted(Int64)
    }

    /// More than anybody looks through in a list.
    static let most = 500

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            let before = state.searched
            state.words.apply(edit)
            return state.searched == before ? [] : [.loadAnswers(words: state.searched)]
        case .typingChanged(let isTyping): state.isTyping = isTyping
        case .arrived(let words, let answers):
            guard words == state.searched else { return [] }
            let kept = state.selected?.id
            state.answers = answers
            state.isLoaded = true
            state.list = ListState(count: answers.count)
            if let kept, let place = answers.firstIndex(where: { $0.id == kept }) { state.list.select(place) }
        case .failed: state.isLoaded = true
        case .moved(let motion, let rows): state.list.move(motion, rows: rows)
        case .deleted(let id):
            state.answers.removeAll { $0.id == id }
            state.list.resize(to: state.answers.count)
        }
        return []
    }
}

extension History.State {
    var searched: [String] { words.text.split(whereSeparator: \.isWhitespace).map(String.init) }
}
