/// What all texts of a column begin or end with, narrowed text by text.
struct CommonEdge: Sendable {
    enum Side: Sendable { case start, end }

    let side: Side
    private var edge: [UInt8] = []
    private var isEmpty = true

    init(_ side: Side) { self.side = side }

    mutating func narrow(by text: UnsafeBufferPointer<UInt8>) {
        if isEmpty {
            isEmpty = false
            edge = Array(text)
            return
        }
        guard !edge.isEmpty else { return }
        let limit = min(edge.count, text.count)
        var same = 0
        switch side {
        case .start:
            while same < limit, edge[same] == text[same] { same += 1 }
            if same < edge.count { edge.removeLast(edge.count - same) }
        case .end:
            while same < limit, edge[edge.count - 1 - same] == text[text.count - 1 - same] { same += 1 }
            if same < edge.count { edge.removeFirst(edge.count - same) }
        }
    }

    /// Narrows by what other texts have in common.
    mutating func narrow(by other: CommonEdge) {
        guard !other.isEmpty else { return }
        other.edge.withUnsafeBufferPointer { narrow(by: $0) }
    }

    /// Bytes in common so far; the end of a character may be among them without its beginning.
    var length: Int { edge.count }
    var whole: [UInt8] { edge }

    /// In whole code points.
    var bytes: [UInt8] {
        switch side {
        case .end:
            return Array(edge.drop { $0 & 0xc0 == 0x80 })
        case .start:
            guard let lead = edge.lastIndex(where: { $0 & 0xc0 != 0x80 }) else { return [] }
            let length = edge[lead] >= 0xf0 ? 4 : edge[lead] >= 0xe0 ? 3 : edge[lead] >= 0xc0 ? 2 : 1
            return lead + length > edge.count ? Array(edge[..<lead]) : edge
        }
    }
}
