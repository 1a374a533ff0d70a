import TuneCanvas
import TuneControl

/// Where the fields of the record editor stand: a pure function, read by the view and by the router.
struct EditorLayout {
    struct Place {
        let field: Int
        let caption: Rect
        let text: Rect
    }

    let frame: Rect
    let places: [Place]

    init(editor: Editor.State, in area: Rect, captionWidth: Int, measure: GlyphWidth = .standard) {
        let full = area.inset(left: min(4, area.width / 20), right: min(4, area.width / 20))
        let width = full.width - 4 - captionWidth
        // Nobody needs to know how long a text is that does not fit.
        let needed = editor.fields.map {
            TextPage.rowCount($0.buffer, width: width, limit: area.height, measure: measure)
        }
        // Room to write on, but no more of the screen than that is covered.
        let wanted = needed.reduce(needed.count + 5, +)
        frame = area.centered(Size(width: full.width, height: max(wanted, min(area.height, 12))))
        let inside = frame.inset(left: 2, top: 1, right: 2, bottom: 1)
        let (first, heights) = Self.heights(needed, active: editor.active, room: inside.height)
        var y = inside.y
        places = heights.enumerated().map { offset, height in
            defer { y += height + 1 }
            let row = Rect(x: inside.x, y: y, width: inside.width, height: height)
            return Place(
                field: first + offset, caption: Rect(x: row.x, y: row.y, width: captionWidth, height: 1),
                text: row.inset(left: captionWidth))
        }
    }

    /// The width of the widest caption, and two columns of air.
    static func captionWidth(_ editor: Editor.State, look: Look) -> Int {
        (editor.fields.map { GlyphWidth.standard.columns(of: look.say($0.caption)) }.max() ?? 0) + 2
    }

    // MARK: -

    /// Every field gets what it needs while there is room; else the others get two rows, and the active one the rest.
    /// Fields far from the active one are left out when even that is too much.
    private static func heights(_ needed: [Int], active: Int, room: Int) -> (first: Int, heights: [Int]) {
        let gaps = needed.count - 1
        let sum = needed.reduce(gaps, +)
        if sum <= room {
            var heights = needed
            heights[active] += room - sum
            return (0, heights)
        }
        var first = 0
        var last = needed.count - 1
        func least(_ range: ClosedRange<Int>) -> Int {
            range.reduce(range.count - 1) { $0 + ($1 == active ? 4 : min(2, needed[$1])) }
        }
        while least(first...last) > room, first < last {
            if active - first > last - active { first += 1 } else { last -= 1 }
            if active < first || active > last { break }
        }
        var heights = (first...last).map { min(2, needed[$0]) }
        heights[active - first] = 0
        heights[active - first] = max(1, room - heights.reduce(heights.count - 1, +))
        return (first, heights)
    }
}
