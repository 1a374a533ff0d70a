/// How a change makes the new rows out of the old ones, from the first to the last: a list of steps, spelled in bytes
/// as they stand in the journal.
///
/// It names rows by position alone, so that it holds whatever lies beneath. What goes away is named by content as
/// well, so that a change can be made again where the file has become another.
struct Script: Hashable, Sendable {
    enum Step: Hashable {
        /// The next rows stay.
        case keep(Int)
        /// The next row goes. The digest is that of its bytes where it is a row of the file.
        case drop(UInt64?)
        /// A line of the journal comes.
        case line(Range<Int>)
        /// Rows of the file come.
        case rows(Range<Int>)
        /// Rows come that stood elsewhere before.
        case copy(Range<Int>)
        /// What comes next belongs behind a row of the file that has this digest.
        case behind(UInt64)
    }

    private(set) var bytes: [UInt8] = []
    /// Where the last line ended: the next one mostly begins there.
    private var lineEnd = 0
    /// Rows that stay, not yet spelled.
    private var kept = 0

    init() {}

    /// As it stands in the journal.
    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func add(_ step: Step) {
        if case .keep(let count) = step {
            kept += count
            return
        }
        if kept > 0 { spell(kept, .keep) }
        kept = 0
        switch step {
        case .keep: break
        case .drop(nil): spell(0, .dropLine)
        case .drop(let digest?):
            spell(0, .dropRow)
            bytes.append(fixed: digest)
        case .line(let range):
            spell(range.count, .line)
            bytes.append(varint: zigzag(range.lowerBound - lineEnd))
            lineEnd = range.upperBound
        case .rows(let range):
            spell(range.count, .rows)
            bytes.append(varint: UInt64(range.lowerBound))
        case .copy(let range):
            spell(range.count, .copy)
            bytes.append(varint: UInt64(range.lowerBound))
        case .behind(let digest):
            spell(0, .behind)
            bytes.append(fixed: digest)
        }
    }

    private mutating func spell(_ count: Int, _ kind: Kind) {
        bytes.append(varint: UInt64(count) << 3 | UInt64(kind.rawValue))
    }

    fileprivate enum Kind: UInt8 { case keep, dropLine, dropRow, line, rows, copy, behind }

    /// Calls `body` for each step; false when the bytes are no script.
    @discardableResult
    func forEachStep(_ body: (Step) throws(DataError) -> Void) throws(DataError) -> Bool {
        var reader = FieldReader(bytes)
        var lineEnd = 0
        while !reader.isAtEnd {
            guard let head = reader.varint(), let kind = Kind(rawValue: UInt8(head & 7)) else { return false }
            guard let count = Int(exactly: head >> 3), count < 1 << 56 else { return false }
            switch kind {
            case .keep: try body(.keep(count))
            case .dropLine: try body(.drop(nil))
            case .dropRow:
                guard let digest = reader.fixed() else { return false }
                try body(.drop(digest))
            case .line:
                guard let shift = reader.varint().map(unzigzag), abs(shift) < 1 << 56 else { return false }
                let start = lineEnd + shift
                guard start >= 0 else { return false }
                lineEnd = start + count
                try body(.line(start..<lineEnd))
            case .rows, .copy:
                guard let start = reader.varint(), start < 1 << 56 else { return false }
                let range = Int(start)..<Int(start) + count
                try body(kind == .rows ? .rows(range) : .copy(range))
            case .behind:
                guard let digest = reader.fixed() else { return false }
                try body(.behind(digest))
            }
        }
        return true
    }

    /// The rows that go, as they were counted before, and those that come, as they are counted afterwards.
    var places: (before: RangeSet<Int>, after: RangeSet<Int>) {
        var (before, after): ([Range<Int>], [Range<Int>]) = ([], [])
        var (old, new) = (0, 0)
        _ = try? forEachStep { step throws(DataError) in
            switch step {
            case .keep(let count):
                old += count
                new += count
            case .drop:
                before.append(old..<old + 1)
                old += 1
            case .line:
                after.append(new..<new + 1)
                new += 1
            case .rows(let range), .copy(let range):
                after.append(new..<new + range.count)
                new += range.count
            case .behind: break
            }
        }
        return (RangeSet(before), RangeSet(after))
    }
}
