import Foundation

/// Looks for some marks in a stretch of a column, mostly for one at a time.
///
/// All marks are looked for in the first rows, where common ones drop out; from then on only the first that is left.
/// When that one turns up late, the next has rows it was not looked for in: `unsearched` names them.
struct MarkSearch: Sendable {
    private static let thoroughRows = 64

    let marks: [[UInt8]]
    private(set) var isSeen: [Bool]
    /// The row from which each mark was looked for, once it was the first that was left.
    private var searchedFrom: [Int]
    private var current = 0
    private var looks = 0
    /// Behind the rows where all marks were looked for, and behind the last row.
    private var thoroughEnd = 0
    private var end = 0

    init(_ marks: [String]) {
        self.marks = marks.map { Array($0.utf8) }
        isSeen = marks.map { _ in false }
        searchedFrom = marks.map { _ in Int.max }
    }

    /// Rows come in their order, with gaps or without.
    mutating func look(in text: UnsafeBufferPointer<UInt8>, row: Int) {
        end = row + 1
        looks += 1
        if looks <= Self.thoroughRows {
            for mark in marks.indices where !isSeen[mark] && contains(text, marks[mark]) { isSeen[mark] = true }
            thoroughEnd = end
            if looks == Self.thoroughRows { moveOn() }
            return
        }
        guard current < marks.count, contains(text, marks[current]) else { return }
        isSeen[current] = true
        moveOn()
    }

    private mutating func moveOn() {
        while current < marks.count, isSeen[current] { current += 1 }
        if current < marks.count { searchedFrom[current] = min(searchedFrom[current], end) }
    }

    /// Takes a mark out of the choice for another reason.
    mutating func rule(out mark: Int) {
        guard !isSeen[mark] else { return }
        isSeen[mark] = true
        if looks >= Self.thoroughRows { moveOn() }
    }

    /// The rows where a mark was not looked for.
    func unsearched(_ mark: Int) -> Range<Int> { thoroughEnd..<max(thoroughEnd, min(searchedFrom[mark], end)) }
}

/// Finds the first of some marks that occurs in no text of a column, from searches of its stretches.
struct MarkCensus {
    let marks: [[UInt8]]
    private var isSeen: [Bool]
    private var missing: [[Range<Int>]]

    init(_ marks: [String]) {
        self.marks = marks.map { Array($0.utf8) }
        isSeen = marks.map { _ in false }
        missing = marks.map { _ in [] }
    }

    mutating func add(_ search: MarkSearch) {
        for mark in marks.indices where !isSeen[mark] {
            if search.isSeen[mark] {
                isSeen[mark] = true
                missing[mark] = []
            } else if case let rows = search.unsearched(mark), !rows.isEmpty {
                missing[mark].append(rows)
            }
        }
    }

    /// Takes a mark out of the choice.
    mutating func rule(out mark: Int) { isSeen[mark] = true }

    /// The first mark that was seen nowhere it was looked for; nil when all were seen.
    var firstUnseen: Int? { isSeen.firstIndex(of: false) }

    /// The rows where the first unseen mark was not looked for.
    var unsearched: [Range<Int>] { firstUnseen.map { missing[$0] } ?? [] }
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
