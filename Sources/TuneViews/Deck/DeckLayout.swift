import TuneCanvas
import TuneControl

/// A piece of a screen with a place of its own.
enum Part: Hashable {
    case welcome
    case datasets, findings, records, record
    case questions, changes
    case jobs, chart, meaning, measures, samples, events
    /// One side of the answers.
    case answer(Int)
    case prompt
    /// One of the answers that are compared.
    case column(Int)
    case comparePrompt, expected
    case odds
    case models
    case files
    /// What a service tells of the followed job beside its course.
    case origin
}

/// Where everything is: a pure function of the terminal's size and the state, read by the router and the view alike.
struct DeckLayout {
    /// A bordered column, and what it is divided into from top to bottom.
    struct Column {
        let frame: Rect
        let slots: [Slot]
    }

    /// A part's title stands in the row above its inside.
    struct Slot {
        let part: Part
        let titleRow: Int
        let inner: Rect
    }

    let size: Size
    let header: Rect
    let footer: Rect
    /// Where a message to the person stands; empty when there is none.
    let notice: Rect
    let body: Rect
    let columns: [Column]

    static let smallest = Size(width: 60, height: 16)
    /// From here on parts stand side by side.
    static let wide = 100
    /// How narrow the first column can be drawn, and what stands beside it.
    static let leastSide = 16
    static let leastRest = 40
    /// From here on there is a third column.
    static let widest = 160

    init(size: Size, state: Deck.State) {
        self.size = size
        var rest = Rect(size)
        header = rest.takeTop(1)
        footer = rest.takeBottom(1)
        let isFailure = state.notices.shown?.level == .failure
        notice = rest.takeBottom(state.notices.shown == nil ? 0 : isFailure ? 2 : 1)
        body = rest
        columns = Self.columns(in: rest, state: state)
    }

    var isTooSmall: Bool { size.width < Self.smallest.width || size.height < Self.smallest.height }

    /// The later of two columns that overlap covers the earlier, as a drawer does.
    func slot(_ part: Part) -> Slot? {
        for column in columns.reversed() {
            if let slot = column.slots.first(where: { $0.part == part }) { return slot }
        }
        return nil
    }

    /// The slot at a cell, its title row included.
    func slot(at point: Point) -> Slot? {
        for column in columns.reversed() where column.frame.contains(point) {
            return column.slots.last { $0.titleRow <= point.y }
        }
        return nil
    }

    /// Rows of a list that a part shows.
    func rows(of part: Part) -> Int {
        guard let slot = slot(part) else { return 1 }
        // The records table has a heading.
        return max(1, slot.inner.height - (part == .records ? 1 : 0))
    }

    // MARK: -

    private static func columns(in body: Rect, state: Deck.State) -> [Column] {
        switch state.tab {
        case .data: state.browse.sheets.isEmpty ? [column(body, [(.welcome, .rest)])] : data(in: body, state)
        case .prepare: prepare(in: body)
        case .jobs: jobs(in: body, state)
        case .ask: ask(in: body, state)
        case .compare: compare(in: body, state)
        case .models: [column(body, [(.models, .rest)])]
        case .files: [column(body, [(.files, .rest)])]
        }
    }

    /// The first column as it was drawn, else as wide as usual.
    private static func sideWidth(_ usual: Int, in body: Rect, _ state: Deck.State) -> Int {
        max(leastSide, min(state.sides[state.tab] ?? usual, body.width - leastRest))
    }

    /// Divides a border's inside; every part after the first has a rule with its title above it.
    static func column(_ frame: Rect, _ parts: [(Part, TuneCanvas.Part)]) -> Column {
        let inside = frame.inset()
        let lengths: [TuneCanvas.Part] = parts.enumerated().flatMap { index, part in
            index == 0 ? [part.1] : [.fixed(1), part.1]
        }
        let places = inside.split(.vertical, lengths)
        let slots = parts.indices.map { index in
            let inner = places[index * 2]
            return Slot(part: parts[index].0, titleRow: inner.y - 1, inner: inner)
        }
        return Column(frame: frame, slots: slots)
    }

    private static func data(in body: Rect, _ state: Deck.State) -> [Column] {
        let found = max(1, state.browse.current?.inspection.findings.count ?? 1)
        let side: [(Part, TuneCanvas.Part)] = [
            (.datasets, .flexible(weight: 1, minimum: 3)), (.findings, .fixed(min(found * 2, body.height / 2))),
        ]
        let detail = max(5, min(14, body.height / 3))
        if body.width < wide {
            let main = column(body, [(.records, .rest), (.record, .fixed(detail))])
            guard [.datasets, .findings].contains(state.pane) else { return [main] }
            return [main, column(Rect(x: body.x, y: body.y, width: 34, height: body.height), side)]
        }
        if body.width < widest {
            let places = body.split(.horizontal, .fixed(sideWidth(30, in: body, state)), .rest)
            return [column(places[0], side), column(places[1], [(.records, .rest), (.record, .fixed(detail))])]
        }
        let places = body.split(
            .horizontal, .fixed(sideWidth(34, in: body, state)), .flexible(weight: 3), .flexible(weight: 2))
        return [column(places[0], side), column(places[1], [(.records, .rest)]), column(places[2], [(.record, .rest)])]
    }

    private static func prepare(in body: Rect) -> [Column] {
        if body.width < wide { return [column(body, [(.questions, .rest), (.changes, .fixed(body.height * 2 / 5))])] }
        let places = body.split(.horizontal, .flexible(weight: 1), .flexible(weight: 1))
        return [column(places[0], [(.questions, .rest)]), column(places[1], [(.changes, .rest)])]
    }

    private static func jobs(in body: Rect, _ state: Deck.State) -> [Column] {
        if state.jobs.isZoomed { return [column(body, follow(state, in: body.width, body.height - 2))] }
        if state.jobs.jobs.isEmpty { return [column(body, [(.jobs, .rest)])] }
        if body.width < wide {
            let list = max(2, min(state.jobs.jobs.count, body.height / 5))
            let parts = follow(state, in: body.width, body.height - 3 - list)
            return [column(body, [(.jobs, .fixed(list))] + parts)]
        }
        let places = body.split(.horizontal, .fixed(sideWidth(body.width < widest ? 42 : 50, in: body, state)), .rest)
        let parts = follow(state, in: places[1].width, body.height - 2)
        return [column(places[0], [(.jobs, .rest)]), column(places[1], parts)]
    }

    /// The parts about the followed job that fit into so many rows: the curve always, then what it means, the measures,
    /// what the model answers, and what happened.
    private static func follow(_ state: Deck.State, in width: Int, _ rows: Int) -> [(Part, TuneCanvas.Part)] {
        let across = width >= 76 ? 2 : 1
        var left = rows - smallestChart
        var fixed: [(Part, TuneCanvas.Part)] = []
        func take(_ part: Part, _ length: Int, least: Int) {
            // A rule stands above each of them.
            guard left > least else { return }
            let given = min(length, left - 1)
            left -= given + 1
            fixed.append((part, .fixed(given)))
        }
        if !state.follow.meaning.isEmpty { take(.meaning, state.follow.meaning.count + 1, least: 1) }
        if let told = state.followed.map(OriginPane.rows), told > 0 {
            take(.origin, min(told, max(3, rows / 4)), least: 1)
        }
        take(.measures, rows < 22 ? 2 : across == 2 ? 4 : 5, least: 2)
        if !state.follow.samples.isEmpty { take(.samples, max(3, rows / 5), least: 2) }
        take(.events, max(2, rows / 5), least: 1)
        return [(.chart, .rest)] + fixed
    }

    /// Rows that a curve needs to be one.
    private static let smallestChart = 6
}
