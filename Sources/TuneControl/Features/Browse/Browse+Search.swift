public import TuneData

extension Browse {
    /// The search for the next record that holds something.
    public struct Search: Hashable, Sendable {
        public var needle = TextBuffer()
        /// Whether keys go into the needle.
        public var isTyping = false
        public var isRunning = false
        /// The last search found nothing.
        public var isMissing = false
        /// Why the needle cannot be looked for.
        public var problem: PatternProblem?
        /// Where the cursor stood when typing began; the hit is shown while one types.
        public var origin = 0

        mutating func apply(_ edit: TextEdit) {
            needle.apply(edit)
            pattern = try? TextPattern(typed: needle.text)
            isMissing = false
            problem = nil
        }

        /// What is looked for; nil when there is nothing, or nothing that can be read. Made at each letter rather than at
        /// each frame, which marks its matches.
        public private(set) var pattern: TextPattern?
    }

    public enum SearchAction: Hashable, Sendable {
        case opened
        case edited(TextEdit)
        /// Looks for the needle from the cursor on, or backwards.
        case asked(forward: Bool)
        case closed
        case found(path: String, Int?)
        case failed(path: String)
    }

    static func update(_ state: inout State, _ action: SearchAction) -> [Effect] {
        switch action {
        case .opened:
            let place = state.current?.list.cursor ?? 0
            state.current?.search = Search(isTyping: true, origin: place)
        case .edited(let edit):
            state.current?.search.apply(edit)
            return lookAhead(in: &state)
        case .asked(let forward):
            return look(in: &state, forward: forward)
        case .closed:
            guard let sheet = state.current else { return [] }
            // Leaving while typing goes back to where one was.
            if sheet.search.isTyping { state.current?.list.select(sheet.search.origin) }
            state.current?.search = Search()
            return [.stop(.finding)] + rowsNeeded(in: state)
        case .found(let path, let row):
            state.change(path) {
                $0.search.isRunning = false
                $0.search.isMissing = row == nil
                if let row, let place = $0.place(of: row) { $0.list.select(place) }
            }
            return rowsNeeded(in: state)
        case .failed(let path):
            state.change(path) { $0.search.isRunning = false }
        }
        return []
    }

    // MARK: -

    /// Shows the first hit from where typing began, at each letter.
    private static func lookAhead(in state: inout State) -> [Effect] {
        guard let sheet = state.current, let pattern = sheet.search.pattern else {
            state.current?.search.isRunning = false
            return [.stop(.finding)]
        }
        state.current?.search.isRunning = true
        return [find(pattern, from: sheet.search.origin, forward: true, in: sheet)]
    }

    private static func look(in state: inout State, forward: Bool) -> [Effect] {
        guard let sheet = state.current, sheet.list.count > 0 else { return [] }
        let wasTyping = sheet.search.isTyping
        state.current?.search.isTyping = false
        guard !sheet.search.needle.isEmpty else {
            state.current?.search = Search()
            return []
        }
        let pattern: TextPattern
        do throws(PatternProblem) {
            pattern = try TextPattern(typed: sheet.search.needle.text)
        } catch {
            state.current?.search.problem = error
            state.current?.search.isTyping = true
            return []
        }
        state.current?.search.isRunning = true
        // A new needle may be in the row one stands on; the same one again is looked for beyond it.
        let step = wasTyping ? 0 : forward ? 1 : -1
        let place = (sheet.list.cursor + step + sheet.list.count) % sheet.list.count
        return [find(pattern, from: place, forward: forward, in: sheet)]
    }

    private static func find(_ pattern: TextPattern, from place: Int, forward: Bool, in sheet: Sheet) -> Effect {
        .findRow(
            path: sheet.facts.path, pattern, from: place, forward: forward, among: sheet.view.rows)
    }
}
