extension Tokenizer {
    /// Encodes a stretch of text as SentencePiece does: spaces become `▁`, one is put in front where the rules say so,
    /// and characters are merged from there.
    func encodePieces(
        _ stretch: Stretch, _ prefix: TextRules.SpacePrefix, splitsWords: Bool, _ workSpace: inout WorkSpace,
        into ids: inout [Int32], _ body: ((Range<Int>) -> Void)?
    ) {
        var marked = MarkedText(capacity: stretch.text.count + spaceMark.count)
        if prefix == .everyStretch, !stretch.continues { marked.appendMark(from: stretch.start..<stretch.start) }
        for (i, byte) in stretch.text.enumerated() {
            let place = stretch.start + i
            if byte == 0x20 { marked.appendMark(from: place..<place + 1) } else { marked.append(byte, from: place) }
        }
        marked.bytes.withUnsafeBytes { text in
            var position = 0
            while position < text.count {
                let special = lateSpecials.first(in: text, from: position)
                let end = special?.range.lowerBound ?? text.count
                if position < end {
                    let isFirst = stretch.start == 0 && position == 0
                    encodePiece(
                        marked, position..<end, prefix, isFirst: isFirst, continues: stretch.continues && isFirst,
                        splitsWords, &workSpace, into: &ids, body)
                }
                position = end
                if let special {
                    ids.append(special.id)
                    body?(marked.source(of: special.range))
                    position = special.range.upperBound
                }
            }
        }
    }

    private func encodePiece(
        _ marked: MarkedText, _ range: Range<Int>, _ prefix: TextRules.SpacePrefix, isFirst: Bool, continues: Bool,
        _ splitsWords: Bool, _ workSpace: inout WorkSpace, into ids: inout [Int32], _ body: ((Range<Int>) -> Void)?
    ) {
        var piece = marked[range]
        let wantsMark = prefix == .whereMissing || prefix == .atStart && isFirst
        if wantsMark, !continues, !piece.bytes.starts(with: spaceMark) {
            piece.insertMark()
        }
        var start = 0
        while start < piece.bytes.count {
            let end = splitsWords ? piece.nextMark(after: start) : piece.bytes.count
            var found: [(id: Int32, start: Int)] = []
            piece.bytes[start..<end].withUnsafeBytes { word in
                encoder.encode(word, with: &workSpace.scratch) { found.append(($0, start + $1)) }
            }
            for (i, token) in found.enumerated() {
                ids.append(token.id)
                body?(piece.source(of: token.start..<(i + 1 < found.count ? found[i + 1].start : end)))
            }
            start = end
        }
    }
}

/// A text with `▁` for its spaces, which knows where each byte came from.
private struct MarkedText {
    private(set) var bytes: [UInt8] = []
    /// The stretch of the source that each byte stands for; those of a mark share one.
    private var starts: [Int] = []
    private var ends: [Int] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func append(_ byte: UInt8, from place: Int) {
        bytes.append(byte)
        starts.append(place)
        ends.append(place + 1)
    }

    mutating func appendMark(from range: Range<Int>) {
        bytes += spaceMark
        starts += repeatElement(range.lowerBound, count: spaceMark.count)
        ends += repeatElement(range.upperBound, count: spaceMark.count)
    }

    mutating func insertMark() {
        let start = starts.first ?? 0
        bytes.insert(contentsOf: spaceMark, at: 0)
        starts.insert(contentsOf: repeatElement(start, count: spaceMark.count), at: 0)
        ends.insert(contentsOf: repeatElement(start, count: spaceMark.count), at: 0)
    }

    subscript(range: Range<Int>) -> MarkedText {
        var part = MarkedText(capacity: range.count)
        part.bytes = Array(bytes[range])
        part.starts = Array(starts[range])
        part.ends = Array(ends[range])
        return part
    }

    func source(of range: Range<Int>) -> Range<Int> {
        starts[range.lowerBound]..<max(starts[range.lowerBound], ends[range.upperBound - 1])
    }

    /// Where the next mark begins, or the end.
    func nextMark(after start: Int) -> Int {
        var place = start + 1
        while place < bytes.count, !bytes[place...].starts(with: spaceMark) { place += 1 }
        return place
    }
}
