import TuneModel

/// The dialog that finds any command by a few of its letters.
public enum Palette {
    public struct State: Hashable, Sendable {
        public var filter = TextBuffer()
        /// Every command that can be given right now.
        public let offered: [Command]
        public private(set) var commands: [Command]
        public var list: ListState

        public init(_ offered: [Command]) {
            self.offered = offered
            commands = offered
            list = ListState(count: offered.count)
        }

        mutating func refilter(_ language: Language) {
            let needle = filter.text
            let scored = offered.enumerated().compactMap {
                place, command -> (place: Int, command: Command, score: Int)? in
                let texts = [command.title[language], command.title.english, command.rawValue]
                return texts.compactMap { Fuzzy.score(needle, in: $0) }.max().map { (place, command, $0) }
            }
            commands = scored.sorted { ($1.score, $0.place) < ($0.score, $1.place) }.map(\.command)
            list = ListState(count: commands.count)
        }

        public var chosen: Command? { list.selected.map { commands[$0] } }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case moved(Motion, rows: Int)
    }

    static func update(_ state: inout State, _ action: Action, language: Language) {
        switch action {
        case .edited(let edit):
            state.filter.apply(edit)
            state.refilter(language)
        case .moved(let motion, let rows):
            state.list.move(motion, rows: rows)
        }
    }
}
