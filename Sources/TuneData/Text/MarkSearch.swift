import Foundation

/// Finds the first of some marks that occurs in no text of a column, mostly looking for one mark at a time.
///
/// All marks are looked for in the first rows, where common ones drop out; from then on only the first that is left.
/// When that one turns up late, the next has rows it was not looked for in: `unsearched` names them.
struct MarkSearch {
    private static let thoroughRows = 256

    let marks: [[UInt8]]
    private var isSeen: [Bool]
    private var searchedFrom: [Int]
    private var current = 0
    private var rows = 0

    init(_ marks: [String]) {
        self.marks = marks.map { Array($0.utf8) }
        isSeen = marks.map { _ in false }
        searchedFrom = marks.map { _ in Int.max }
    }

    mutating func look(in text: UnsafeBufferPointer<UInt8>) {
        if rows < Self.thoroughRows {
            for mark in marks.indices where !isSeen[mark] && contains(text, marks[mark]) { isSeen[mark] = true }
            rows += 1
            if rows == Self.thoroughRows { moveOn() }
            return
        }
        rows += 1
        guard current < marks.count, contains(text, marks[current]) else { return }
        isSeen[current] = true
        moveOn()
    }

    private mutating func moveOn() {
        while current < marks.count, isSeen[current] { current += 1 }
        if current < marks.count { searchedFrom[current] = min(searchedFrom[current], rows) }
    }

    /// Takes a mark out of the choice for another reason.
    mutating func rule(out mark: Int) {
        guard !isSeen[mark] else { return }
        isSeen[mark] = true
        if rows >= Self.thoroughRows { moveOn() }
    }

    /// The first mark that was seen nowhere it was looked for; nil when all were seen.
    var firstUnseen: Int? { isSeen.firstIndex(of: false) }

    /// Rows, counted among those looked at, where the first unseen mark was not looked for.
    var unsearched: Range<Int>? {
        guard rows > Self.thoroughRows, let mark = firstUnseen else { return nil }
        let end = min(searchedFrom[mark], rows)
        return end > Self.thoroughRows ? Self.thoroughRows..<end : nil
    }

    /// Takes the missing rows for searched; call after looking through them.
    mutating func settle() {
        if let mark = firstUnseen { searchedFrom[mark] = 0 }
    }
}

/// Whether a text holds a mark. The search runs for the mark's rarest byte, and looks around where that is found.
func contains(_ text: UnsafeBufferPointer<UInt8>, _ mark: [UInt8]) -> Bool {
    guard !mark.isEmpty else { return true }
    guard let base = text.baseAddress, text.count >= mark.count else { return false }
    let anchor = mark.indices.min { commonness(mark[$0]) < commonness(mark[$1]) }!
    var at = anchor
    let end = text.count - (mark.count - 1 - anchor)
    while at < end, let found = memchr(base + at, Int32(mark[anchor]), end - at) {
        at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        if memcmp(base + (at - anchor), mark, mark.count) == 0 { return true }
        at += 1
    }
    return false
}

private func commonness(_ byte: UInt8) -> Int {
    switch byte {
    case 0x20, 0x61...0x7a, 0x80...0xff: 3
    case 0x0a, 0x30...0x39, 0x41...0x5a, 0x2c, 0x2d, 0x2e: 2
    default: 1
    }
}
