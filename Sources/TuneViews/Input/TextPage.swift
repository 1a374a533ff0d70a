import TuneCanvas
import TuneControl

/// The rows of a text that stand in a box: wrapped, and scrolled as little as keeps the caret in sight.
///
/// Only the text around the caret is wrapped, whatever the length of the rest.
struct TextPage {
    struct Row: Equatable {
        /// Offsets into the buffer, without what ends the line.
        let range: Range<Int>
        let text: String
        /// `\n` or `\r\n` behind it; empty where the line goes on below.
        let ending: String
    }

    let rows: [Row]
    private let buffer: TextBuffer
    private let width: Int
    private let height: Int
    private let measure: GlyphWidth

    /// - Parameter width: columns of the box, the last of them for a caret at the end of a line.
    init(_ buffer: TextBuffer, width: Int, height: Int, followsCaret: Bool = true, measure: GlyphWidth = .standard) {
        self.buffer = buffer
        self.width = width
        self.height = max(1, height)
        self.measure = measure
        let wrap = Wrap(buffer: buffer, width: width, measure: measure)
        var rows = wrap.rows(from: buffer.top, count: self.height)
        if followsCaret, let first = rows.first, let last = rows.last {
            let caret = buffer.caret
            if caret < first.range.lowerBound {
                rows = wrap.rows(from: caret, count: self.height)
            } else if wrap.row(at: caret).range.lowerBound > last.range.lowerBound {
                rows = wrap.rows(endingAt: caret, count: self.height)
            }
        }
        self.rows = rows
    }

    /// The offset of the first row.
    var top: Int { rows.first?.range.lowerBound ?? 0 }
    /// The offset of the last row's end.
    var bottom: Int { rows.last?.range.upperBound ?? 0 }

    /// Where the caret is, counted from the corner of the box; nil when its row is not on the page.
    var caret: Point? {
        let offset = buffer.caret
        guard let y = rows.lastIndex(where: { $0.range.lowerBound <= offset }), offset <= rows[y].range.upperBound
        else { return nil }
        return Point(x: min(column(of: offset, in: rows[y]), max(0, width - 1)), y: y)
    }

    /// The way of the caret by rows; nil when there is no row to go to.
    func motion(rows step: Int) -> TextMotion {
        let wrap = Wrap(buffer: buffer, width: width, measure: measure)
        let here = wrap.row(at: buffer.caret)
        let goal = buffer.goal ?? column(of: buffer.caret, in: here)
        guard let row = wrap.row(step, from: here) else { return .to(step < 0 ? 0 : buffer.count, goal: goal) }
        return .to(offset(at: goal, in: row), goal: goal)
    }

    /// A page, less a row that stays in sight.
    func motion(pages: Int) -> TextMotion { motion(rows: pages * max(1, height - 1)) }

    // MARK: -

    private func column(of offset: Int, in row: Row) -> Int {
        let inside = min(offset, row.range.upperBound) - row.range.lowerBound
        return measure.columns(of: row.text[..<row.text.utf8.index(row.text.startIndex, offsetBy: inside)])
    }

    private func offset(at goal: Int, in row: Row) -> Int {
        var offset = row.range.lowerBound
        var last = offset
        var x = 0
        for character in row.text {
            x += measure.columns(of: character)
            guard x <= goal else { return offset }
            last = offset
            offset += character.utf8.count
        }
        // The end of a wrapped row is the beginning of the next; the caret stays on its last character instead.
        let isWrapped = row.ending.isEmpty && row.range.upperBound < buffer.count
        return isWrapped && !row.text.isEmpty ? last : offset
    }
}

extension TextPage {
    /// Rows on demand, in both directions.
    private struct Wrap {
        let buffer: TextBuffer
        let width: Int
        let measure: GlyphWidth

        func rows(of stretch: Range<Int>) -> [Row] {
            let text = buffer[stretch]
            let ending = buffer.ending(of: stretch)
            let lines = EditLines(text, width: width, measure: measure).lines
            return lines.enumerated().map { index, line in
                let start = stretch.lowerBound + text.utf8.distance(from: text.startIndex, to: line.lowerBound)
                let count = text.utf8.distance(from: line.lowerBound, to: line.upperBound)
                return Row(
                    range: start..<(start + count), text: String(text[line]),
                    ending: index == lines.count - 1 ? ending : "")
            }
        }

        func row(at offset: Int) -> Row {
            let rows = rows(of: buffer.stretch(around: offset))
            return rows.last { $0.range.lowerBound <= offset } ?? rows[0]
        }

        func rows(from offset: Int, count: Int) -> [Row] {
            var stretch = buffer.stretch(around: offset)
            let first = rows(of: stretch)
            var result = Array(first[(first.lastIndex { $0.range.lowerBound <= offset } ?? 0)...].prefix(count))
            while result.count < count, let next = buffer.stretch(after: stretch) {
                result += rows(of: next).prefix(count - result.count)
                stretch = next
            }
            return result
        }

        func rows(endingAt offset: Int, count: Int) -> [Row] {
            var stretch = buffer.stretch(around: offset)
            var result = rows(of: stretch).filter { $0.range.lowerBound <= offset }
            while result.count < count, let above = buffer.stretch(before: stretch) {
                result = rows(of: above) + result
                stretch = above
            }
            return result.suffix(count)
        }

        /// The row so many rows on; the last or first one that there is when they run out after at least one step.
        func row(_ step: Int, from here: Row) -> Row? {
            var stretch = buffer.stretch(around: here.range.lowerBound)
            var rows = rows(of: stretch)
            var index = (rows.firstIndex { $0.range.lowerBound == here.range.lowerBound } ?? 0) + step
            while index < 0 {
                guard let above = buffer.stretch(before: stretch) else { return nil }
                stretch = above
                rows = self.rows(of: above)
                index += rows.count
            }
            while index >= rows.count {
                guard let below = buffer.stretch(after: stretch) else { return nil }
                index -= rows.count
                stretch = below
                rows = self.rows(of: below)
            }
            return rows[index]
        }
    }

    /// How many rows a text takes, counted up to a limit.
    static func rowCount(_ buffer: TextBuffer, width: Int, limit: Int, measure: GlyphWidth = .standard) -> Int {
        Wrap(buffer: buffer, width: width, measure: measure).rows(from: 0, count: limit).count
    }
}
