public import TuneModel

/// Which theme is worn, and the dialog that tries others on.
public enum Looks {
    public struct State: Hashable, Sendable {
        /// The theme that was chosen.
        public var theme: String
        /// The text of the theme on show, and of those that it builds on; empty for the built-in one.
        public var texts: [ThemeText]

        public init(theme: String = "harbor", texts: [ThemeText] = []) {
            self.theme = theme
            self.texts = texts
        }
    }

    /// The list of themes; the one under the cursor is on show.
    public struct Picker: Hashable, Sendable {
        public internal(set) var names: [String] = []
        public var list = ListState()
        /// What was worn before.
        public let before: State

        public init(before: State) {
            self.before = before
        }

        public var chosen: String? { list.selected.map { names[$0] } }
    }

    public enum Action: Hashable, Sendable {
        case listed([String])
        /// A theme was read, or has changed.
        case arrived(String, [ThemeText])
    }
}

extension Deck {
    /// Opens the list of themes.
    static func chooseTheme(in state: inout State) -> [Effect] {
        state.dialogs.append(.themes(Looks.Picker(before: state.looks)))
        return [.listThemes]
    }

    static func absorb(_ action: Looks.Action, in state: inout State) -> [Effect] {
        switch action {
        case .listed(let names):
            state.changeThemes {
                $0.names = names
                $0.list = ListState(count: names.count, cursor: names.firstIndex(of: $0.before.theme) ?? 0)
            }
        case .arrived(let name, let texts):
            // What was tried on before the cursor moved on is no longer asked for.
            guard name == state.shownTheme else { break }
            state.looks.texts = texts
        }
        return []
    }

    /// The theme under the cursor is shown at once.
    static func moveThemes(_ motion: Motion, rows: Int, in state: inout State) -> [Effect] {
        state.changeThemes { $0.list.move(motion, rows: rows) }
        return [.watchTheme(state.shownTheme)]
    }

    static func acceptTheme(_ picker: Looks.Picker, in state: inout State) -> [Effect] {
        guard let name = picker.chosen else { return [] }
        state.dialogs.removeLast()
        state.looks.theme = name
        state.preferences.theme = name
        return [.watchTheme(name), .keep(state.preferences)]
    }

    /// Puts back on what was worn before.
    static func leaveThemes(_ picker: Looks.Picker, in state: inout State) -> [Effect] {
        state.dialogs.removeLast()
        state.looks = picker.before
        return [.watchTheme(state.looks.theme)]
    }
}

extension Deck.State {
    /// The theme that the screen is drawn in: the one that is tried on, else the one that is worn.
    public var shownTheme: String {
        for dialog in dialogs.reversed() {
            if case .themes(let picker) = dialog, let chosen = picker.chosen { return chosen }
        }
        return looks.theme
    }

    mutating func changeThemes(_ body: (inout Looks.Picker) -> Void) {
        for index in dialogs.indices {
            guard case .themes(var picker) = dialogs[index] else { continue }
            body(&picker)
            dialogs[index] = .themes(picker)
        }
    }
}
