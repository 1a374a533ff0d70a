/// A run of rows of a file as it was opened, or one line that lies in the journal.
///
/// Sixteen bytes, whatever it stands for.
struct Piece: Hashable, Sendable {
    /// The first row, or the line's offset in the journal.
    private let place: UInt64
    /// Rows, or the line's bytes.
    private let extent: UInt64

    /// Rows of the file.
    init(rows: Range<Int>) {
        place = UInt64(rows.lowerBound)
        extent = UInt64(rows.count)
    }

    /// A line of the journal.
    init(line: Range<Int>) {
        place = UInt64(line.lowerBound) | RowID.inJournal
        extent = UInt64(line.count)
    }

    var isLine: Bool { place & RowID.inJournal != 0 }

    /// How many rows it shows.
    var count: Int { isLine ? 1 : Int(extent) }

    /// Of a piece of the file.
    var rows: Range<Int> { Int(place)..<Int(place + extent) }

    /// Of a line: where its bytes stand in the journal.
    var bytes: Range<Int> {
        let start = Int(place & ~RowID.inJournal)
        return start..<start + Int(extent)
    }

    /// Of its first row.
    var id: RowID { RowID(value: place) }

    /// Some of its rows, counted from its first.
    func slice(_ range: Range<Int>) -> Piece {
        guard !isLine else { return self }
        let start = Int(place)
        return Piece(rows: start + range.lowerBound..<start + range.upperBound)
    }

    /// Both as one, where the other goes on where this one ends.
    func joined(with next: Piece) -> Piece? {
        guard !isLine, !next.isLine, place + extent == next.place else { return nil }
        return Piece(rows: Int(place)..<Int(next.place + next.extent))
    }
}

/// What a row is, wherever it stands: no two rows of a dataset have the same, and a row keeps its own when it is moved.
///
/// It holds until the row is changed, or the file is saved.
public struct RowID: Hashable, Sendable {
    static let inJournal: UInt64 = 1 << 63

    let value: UInt64

    /// Whether the row is not as it stands in the file.
    var isLine: Bool { value & Self.inJournal != 0 }
}
