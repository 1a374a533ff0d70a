import TuneModel

/// The dialog that finds any command by a few of its letters.
public enum Palette {
    public struct State: Hashable, Sendable {
        public var filter = TextBuffer()
        /// Every command that can be given right now and makes sense among all.
        public let offered: [Command]
        /// The others, which are found by name and say where they belong.
        public let others: [Command]
        public private(set) var commands: [Command]
        public var list: ListState

        public init(_ offered: [Command], others: [Command] = []) {
            self.offered = offered
            self.others = others
            commands = offered
            list = ListState(count: offered.count)
        }

        mutating func refilter(_ language: Language) {
            let needle = filter.text
            guard !needle.allSatisfy(\.isWhitespace) else {
                commands = offered
                list = ListState(count: commands.count)
                return
            }
            commands = Self.found(needle, among: offered, language) + Self.found(needle, among: others, language)
            list = ListState(count: commands.count)
        }

        private static func found(_ needle: String, among commands: [Command], _ language: Language) -> [Command] {
            let scored = commands.enumerated().compactMap {
                place, command -> (place: Int, command: Command, score: Int)? in
                let texts = [command.title[language], command.title.english, command.title.chinese, command.rawValue]
                return texts.compactMap { Fuzzy.score(needle, in: $0) }.max().map { (place, command, $0) }
            }
            return scored.sorted { ($1.score, $0.place) < ($0.score, $1.place) }.map(\.command)
        }

        /// Whether a command that was found can be given where the palette was opened.
        public func isPossible(_ command: Command) -> Bool { offered.contains(command) }

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
