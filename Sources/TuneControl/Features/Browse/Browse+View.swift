public import TuneData

extension Browse {
    /// Which rows of a dataset are shown, and in what order.
    public struct RowView: Hashable, Sendable {
        /// As it was typed; empty lets every row through.
        public internal(set) var filter = RowFilter.all
        public internal(set) var order = RowOrder()
        /// The rows shown, from 0; nil for all of them in the order of the file.
        public internal(set) var rows: [Int32]?
        /// How far the search for them is, 0 to 1; nil when it is done.
        public internal(set) var progress: Double?
        /// Whether `rows` are the first of those that are being looked for.
        var isGrowing = false

        /// Whether the table shows the file as it is.
        public var isPlain: Bool { filter.isEmpty && order == RowOrder() }
    }

    /// What concerns the rows on show.
    public enum ViewAction: Hashable, Sendable {
        case filtered(RowFilter)
        /// By this key, or the other way round when it is the present one.
        case ordered(RowOrder.Key)
        /// Every row in the order of the file again.
        case reset
        /// Some more rows were found, in the order of the file.
        case grew(path: String, [Int32])
        case progressed(path: String, Double)
        case arrived(path: String, [Int32])
        case failed(path: String)
    }

    static func update(_ state: inout State, _ action: ViewAction) -> [Effect] {
        switch action {
        case .filtered(let filter):
            state.current?.view.filter = filter
            if filter.needs.contains(.losses), let sheet = state.current, sheet.losses == nil {
                return [.stop(.querying(path: sheet.facts.path)), .loadLosses(path: sheet.facts.path)]
            }
            return viewNeeded(in: &state)
        case .ordered(let key):
            guard let sheet = state.current else { return [] }
            let isSame = sheet.view.order.key == key
            // Losses are sought for the worst ones, everything else from its beginning.
            let descends = isSame ? !sheet.view.order.isDescending : key == .loss
            state.current?.view.order = RowOrder(key, isDescending: descends)
            if key == .loss, sheet.losses == nil { return [.loadLosses(path: sheet.facts.path)] }
            return viewNeeded(in: &state)
        case .reset:
            state.current?.view.filter = .all
            state.current?.view.order = RowOrder()
            return viewNeeded(in: &state)
        case .grew(let path, let rows):
            state.change(path) { $0.add(rows) }
            return state.current?.facts.path == path ? rowsNeeded(in: state) : []
        case .progressed(let path, let share):
            state.change(path) { if $0.view.progress != nil { $0.view.progress = share } }
        case .arrived(let path, let rows):
            state.change(path) {
                // What is on show already stays there.
                if $0.view.isGrowing { $0.view.rows = rows } else { $0.show(rows) }
                $0.list.resize(to: rows.count)
                $0.view.progress = nil
                $0.view.isGrowing = false
            }
            return state.current?.facts.path == path ? rowsNeeded(in: state) : []
        case .failed(let path):
            state.change(path) {
                $0.view.progress = nil
                $0.view.isGrowing = false
            }
        }
        return []
    }

    /// Looks for the rows that the view of the current dataset asks for.
    static func viewNeeded(in state: inout State) -> [Effect] {
        guard let sheet = state.current else { return [] }
        let path = sheet.facts.path
        guard !sheet.view.isPlain else {
            state.current?.showAll()
            return [.stop(.querying(path: path))] + rowsNeeded(in: state)
        }
        if sheet.view.filter.isEmpty, sheet.view.order.key == .loss, let losses = sheet.losses {
            // They are sorted already.
            state.current?.view.progress = nil
            let worstFirst = sheet.view.order.isDescending
            state.current?.show(worstFirst ? losses.worstFirst : losses.worstFirst.reversed(), fromTheTop: true)
            return [.stop(.querying(path: path))] + rowsNeeded(in: state)
        }
        state.current?.view.progress = 0
        state.current?.view.isGrowing = false
        let query = RowQuery(filter: sheet.view.filter, order: sheet.view.order)
        return [.query(path: path, query, losses: sheet.losses?.losses)]
    }
}

extension Browse.Sheet {
    /// The row of the file that stands at a place of the list, both from 0.
    public func row(at place: Int) -> Int {
        guard let rows = view.rows, rows.indices.contains(place) else { return place }
        return Int(rows[place])
    }

    /// The row of the file under the cursor.
    public var row: Int { row(at: list.cursor) }

    /// Where a row of the file stands in the list; nil when the view leaves it out.
    public func place(of row: Int) -> Int? {
        guard let rows = view.rows else { return row }
        return rows.firstIndex(of: Int32(row))
    }

    /// Shows some rows. One stays with the record under the cursor where it is among them.
    mutating func show(_ rows: [Int32], fromTheTop: Bool = false) {
        let row = row
        view.rows = rows
        window = Browse.RowWindow()
        list.resize(to: rows.count)
        list.select(fromTheTop ? 0 : place(of: row) ?? 0)
    }

    /// Shows some more rows, or the first in place of what was on show.
    mutating func add(_ rows: [Int32]) {
        guard view.isGrowing else {
            show(rows)
            view.isGrowing = true
            return
        }
        view.rows?.append(contentsOf: rows)
        list.resize(to: view.rows?.count ?? 0)
    }

    mutating func showAll() {
        let row = row
        view.rows = nil
        view.progress = nil
        window = Browse.RowWindow()
        list.resize(to: facts.records)
        list.select(row)
    }

    /// Takes losses that have just been read.
    mutating func take(_ losses: LossColumn?) -> Bool {
        // Losses of another state of the file would stand beside the wrong rows.
        guard let losses, losses.losses.count == facts.records else {
            if view.order.key == .loss { view.order = RowOrder() }
            if view.filter.needs.contains(.losses) { view.filter = .all }
            return false
        }
        self.losses = losses
        return true
    }
}

extension Browse.Sheet {
    /// What the next start should find again.
    var remembered: Remembered.OpenFile {
        let order = view.order
        return Remembered.OpenFile(
            path: facts.path, row: row, filter: view.filter.isEmpty ? nil : view.filter.text,
            order: order.key == .row ? nil : order.key.rawValue, isDescending: order.isDescending ? true : nil)
    }
}

extension Remembered.OpenFile {
    /// What was shown of it; nil for all rows in the order of the file. A filter that is not understood any more is left out.
    var view: RowQuery? {
        let filter = filter.flatMap { try? RowFilter($0) } ?? .all
        let order = RowOrder(order.flatMap(RowOrder.Key.init) ?? .row, isDescending: isDescending ?? false)
        return filter.isEmpty && order == RowOrder() ? nil : RowQuery(filter: filter, order: order)
    }
}
