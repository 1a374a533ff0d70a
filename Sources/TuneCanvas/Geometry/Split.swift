/// The direction in which parts follow one another.
public enum Axis: Sendable {
    /// Side by side, from left to right.
    case horizontal
    /// One below the other, from top to bottom.
    case vertical
}

/// How much of a split one part asks for.
public enum Part: Hashable, Sendable {
    /// Exactly so many columns or rows, while there is room.
    case fixed(Int)
    /// A share, by weight, of what the fixed parts leave, but at least `minimum` while there is room.
    case flexible(weight: Int = 1, minimum: Int = 0)

    /// An equal share of what the fixed parts leave.
    public static let rest = Part.flexible()
}

extension Rect {
    /// Cuts the rectangle along `axis` into one rectangle per part.
    ///
    /// Earlier parts are served first when there is too little room; what rounding leaves goes to the earliest
    /// flexible parts, so that the parts always fill the whole length when one of them is flexible.
    public func split(_ axis: Axis, _ parts: [Part], gap: Int = 0) -> [Rect] {
        let length = axis == .horizontal ? width : height
        let lengths = Self.lengths(of: parts, in: max(0, length - gap * max(0, parts.count - 1)))
        var offset = 0
        return lengths.map { part in
            defer { offset += part + gap }
            return slice(axis, from: offset, length: part)
        }
    }

    /// Cuts the rectangle along `axis` into one rectangle per part.
    public func split(_ axis: Axis, _ parts: Part..., gap: Int = 0) -> [Rect] {
        split(axis, parts, gap: gap)
    }

    /// Cuts `rows` off the top and gives them back.
    public mutating func takeTop(_ rows: Int) -> Rect {
        let taken = slice(.vertical, from: 0, length: rows)
        self = inset(top: taken.height)
        return taken
    }

    /// Cuts `rows` off the bottom and gives them back.
    public mutating func takeBottom(_ rows: Int) -> Rect {
        let count = max(0, min(rows, height))
        let taken = slice(.vertical, from: height - count, length: count)
        self = inset(bottom: count)
        return taken
    }

    /// Cuts `columns` off the left and gives them back.
    public mutating func takeLeft(_ columns: Int) -> Rect {
        let taken = slice(.horizontal, from: 0, length: columns)
        self = inset(left: taken.width)
        return taken
    }

    /// Cuts `columns` off the right and gives them back.
    public mutating func takeRight(_ columns: Int) -> Rect {
        let count = max(0, min(columns, width))
        let taken = slice(.horizontal, from: width - count, length: count)
        self = inset(right: count)
        return taken
    }

    // MARK: -

    private func slice(_ axis: Axis, from offset: Int, length: Int) -> Rect {
        switch axis {
        case .horizontal: Rect(x: x + offset, y: y, width: min(length, width - offset), height: height)
        case .vertical: Rect(x: x, y: y + offset, width: width, height: min(length, height - offset))
        }
    }

    private static func lengths(of parts: [Part], in length: Int) -> [Int] {
        var lengths = [Int](repeating: 0, count: parts.count)
        var left = length
        func serve(_ index: Int, _ wanted: Int) {
            let given = max(0, min(wanted, left))
            lengths[index] += given
            left -= given
        }
        for (index, part) in parts.enumerated() {
            switch part {
            case .fixed(let wanted): serve(index, wanted)
            case .flexible(_, let minimum): serve(index, minimum)
            }
        }
        share(&left, among: parts, lengths: &lengths)
        return lengths
    }

    /// Hands out what is left so that flexible parts come as near to their weights as their minimums allow.
    private static func share(_ left: inout Int, among parts: [Part], lengths: inout [Int]) {
        var open = parts.indices.filter {
            if case .flexible(let weight, _) = parts[$0] { weight > 0 } else { false }
        }
        func weight(_ index: Int) -> Int {
            if case .flexible(let weight, _) = parts[index] { weight } else { 0 }
        }
        // A part whose minimum is above its fair share keeps the minimum and leaves the sharing.
        while true {
            let pool = open.reduce(left) { $0 + lengths[$1] }
            let weights = open.reduce(0) { $0 + weight($1) }
            guard weights > 0 else { return }
            let greedy = open.filter { lengths[$0] * weights > pool * weight($0) }
            if greedy.isEmpty {
                let shares = open.map { pool * weight($0) / weights }
                var spare = pool - shares.reduce(0, +)
                for (index, share) in zip(open, shares) {
                    lengths[index] = share + (spare > 0 ? 1 : 0)
                    spare -= spare > 0 ? 1 : 0
                }
                left = 0
                return
            }
            open.removeAll { greedy.contains($0) }
        }
    }
}
