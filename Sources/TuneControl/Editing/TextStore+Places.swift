/// Graphemes and lines: where the next one begins.
extension TextStore {
    /// The end of the grapheme that begins at an offset.
    func next(_ offset: Int) -> Int {
        guard offset < count else { return count }
        let (index, start) = locate(offset)
        let text = pieces[index].text
        let end = text.index(after: text.utf8.index(text.startIndex, offsetBy: offset - start))
        return start + text.utf8.distance(from: text.startIndex, to: end)
    }

    /// The beginning of the grapheme that ends at an offset.
    func previous(_ offset: Int) -> Int {
        guard offset > 0 else { return 0 }
        var (index, start) = locate(offset)
        if offset == start {
            index -= 1
            start -= pieces[index].bytes
        }
        let text = pieces[index].text
        let begin = text.index(before: text.utf8.index(text.startIndex, offsetBy: offset - start))
        return start + text.utf8.distance(from: text.startIndex, to: begin)
    }

    /// The offset itself between two graphemes; within one, where that ends.
    func aligned(_ offset: Int) -> Int {
        let offset = max(0, min(offset, count))
        let (index, start) = locate(offset)
        let text = pieces[index].text
        var place = text.utf8.index(text.startIndex, offsetBy: offset - start)
        while place < text.endIndex, place.samePosition(in: text.unicodeScalars) == nil {
            place = text.utf8.index(after: place)
        }
        if place < text.endIndex, place.samePosition(in: text) == nil { place = text.index(after: place) }
        return start + text.utf8.distance(from: text.startIndex, to: place)
    }

    /// The first place from an offset on whose grapheme fails a test.
    func skip(from offset: Int, while passes: (Character) -> Bool) -> Int {
        var (index, start) = locate(offset)
        var place = offset - start
        while index < pieces.count {
            let text = pieces[index].text
            let rest = text.utf8Slice(place, pieces[index].bytes)
            if let stop = rest.firstIndex(where: { !passes($0) }) {
                return start + text.utf8.distance(from: text.startIndex, to: stop)
            }
            start += pieces[index].bytes
            place = 0
            index += 1
        }
        return count
    }

    /// The last place back from an offset before which a grapheme fails a test.
    func skipBack(from offset: Int, while passes: (Character) -> Bool) -> Int {
        var (index, start) = locate(offset)
        var place = offset - start
        while true {
            let text = pieces[index].text
            let rest = text.utf8Slice(0, place)
            if let stop = rest.lastIndex(where: { !passes($0) }) {
                return start + text.utf8.distance(from: text.startIndex, to: text.index(after: stop))
            }
            guard index > 0 else { return 0 }
            index -= 1
            start -= pieces[index].bytes
            place = pieces[index].bytes
        }
    }

    // MARK: - Lines

    /// Where the line of an offset begins.
    func lineStart(_ offset: Int) -> Int {
        var (index, start) = locate(offset)
        var place = offset - start
        while true {
            let text = pieces[index].text
            if pieces[index].newlines > 0, let newline = text.utf8Slice(0, place).utf8.lastIndex(of: 0x0A) {
                return start + text.utf8.distance(from: text.startIndex, to: newline) + 1
            }
            guard index > 0 else { return 0 }
            index -= 1
            start -= pieces[index].bytes
            place = pieces[index].bytes
        }
    }

    /// Where the line of an offset ends, before its line feed and a return that belongs to it.
    func lineEnd(_ offset: Int) -> Int {
        var (index, start) = locate(offset)
        var place = offset - start
        while index < pieces.count {
            let text = pieces[index].text
            let rest = text.utf8Slice(place, pieces[index].bytes).utf8
            if pieces[index].newlines > 0, let newline = rest.firstIndex(of: 0x0A) {
                let hasReturn = newline > rest.startIndex && rest[rest.index(before: newline)] == 0x0D
                return start + text.utf8.distance(from: text.startIndex, to: newline) - (hasReturn ? 1 : 0)
            }
            start += pieces[index].bytes
            place = 0
            index += 1
        }
        return count
    }

    /// Line feeds before an offset.
    func line(of offset: Int) -> Int {
        let (index, start) = locate(offset)
        let before = pieces[..<index].reduce(0) { $0 + $1.newlines }
        return before + pieces[index].text.utf8Slice(0, offset - start).utf8.count { $0 == 0x0A }
    }

    /// Where a line begins, counted from 0; the end of the text when there is none.
    func start(ofLine line: Int) -> Int {
        guard line > 0 else { return 0 }
        var left = line
        var start = 0
        for piece in pieces {
            if piece.newlines >= left {
                for (place, byte) in piece.text.utf8.enumerated() where byte == 0x0A {
                    left -= 1
                    if left == 0 { return start + place + 1 }
                }
            }
            left -= piece.newlines
            start += piece.bytes
        }
        return count
    }

    /// What is wrapped at one time: the line of an offset, or of a very long line a stretch of some thousand letters.
    ///
    /// The stretches are counted from the beginning of the line, so that every offset in one gives the same.
    func stretch(around offset: Int) -> Range<Int> {
        let lineStart = lineStart(offset)
        let lineEnd = lineEnd(offset)
        let (first, firstStart) = locate(lineStart)
        // The end of a line belongs to what stands before it.
        let (here, _) = locate(offset >= lineEnd && lineEnd > lineStart ? lineEnd - 1 : offset)
        let group = (here - first) / Self.stretchPieces
        var start = lineStart
        var limit = firstStart
        for index in first..<min(pieces.count, first + (group + 1) * Self.stretchPieces) {
            if group > 0, index == first + group * Self.stretchPieces { start = limit }
            limit += pieces[index].bytes
        }
        return start..<min(lineEnd, limit)
    }

    private static let stretchPieces = 4
}
