/// The dialog that asks for a file to open.
public enum Opener {
    public struct State: Hashable, Sendable {
        public var path: TextBuffer
        /// Names that fit what has been typed.
        public var completions: [String] = []
        public var list = ListState()
        public var isOpening = false

        public init(path: String = "") {
            self.path = TextBuffer(path)
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case moved(Motion, rows: Int)
        /// Takes the name under the cursor, or what all names share.
        case completed
        case arrived(for: String, [String])
        case accepted
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            let before = state.path.text
            state.path.apply(edit)
            return state.path.text == before ? [] : [.completePath(state.path.text)]
        case .moved(let motion, let rows):
            state.list.move(motion, rows: rows)
        case .completed:
            let common = FileNames.commonStart(of: state.completions)
            let chosen = common.count > state.path.text.count ? common : state.chosen
            guard let chosen, chosen != state.path.text else { return [] }
            state.path.replace(with: chosen)
            return [.completePath(chosen)]
        case .arrived(let path, let names):
            guard path == state.path.text else { return [] }
            state.completions = names
            state.list = ListState(count: names.count)
        case .accepted:
            guard !state.isOpening, let path = state.accepted else { return [] }
            if path.hasSuffix("/") {
                state.path.replace(with: path)
                return [.completePath(path)]
            }
            state.isOpening = true
            state.path.replace(with: path)
            return [.openDatasets([.init(path: path, row: 0)])]
        }
        return []
    }
}

extension Opener.State {
    fileprivate var chosen: String? { list.selected.map { completions[$0] } }

    /// A whole typed name stands for itself; the beginning of one for the name under the cursor.
    fileprivate var accepted: String? {
        let typed = path.text
        if list.cursor == 0, !typed.hasSuffix("/"), completions.isEmpty || completions.contains(typed) {
            return typed.isEmpty ? nil : typed
        }
        return chosen
    }
}
