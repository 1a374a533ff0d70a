/// Finds what differs between a text as it stands in a line and what it is to become.
enum TextPatch {
    /// The part of `raw`, which is what is between the quotes, that has to change, and what takes its place; nil when the
    /// text says the same already.
    ///
    /// Broken bytes read as U+FFFD, and stay where the new text has that too.
    static func change(
        _ raw: UnsafeBufferPointer<UInt8>, to text: String, _ style: JSONStyle
    ) -> (range: Range<Int>, bytes: [UInt8])? {
        let old = units(of: raw)
        let new = Array(text.unicodeScalars)
        let limit = min(old.count, new.count)
        var head = 0
        while head < limit, old[head].scalar == new[head] { head += 1 }
        if head == old.count, head == new.count { return nil }
        var tail = 0
        while tail < limit - head, old[old.count - 1 - tail].scalar == new[new.count - 1 - tail] { tail += 1 }
        let start = head < old.count ? old[head].start : raw.count
        let end = tail == 0 ? raw.count : old[old.count - tail].start
        var middle = String.UnicodeScalarView()
        middle.append(contentsOf: new[head..<new.count - tail])
        return (start..<end, style.spelled(Array(String(middle).utf8)))
    }

    /// The characters, each with where its spelling begins.
    private static func units(of raw: UnsafeBufferPointer<UInt8>) -> [(scalar: Unicode.Scalar, start: Int)] {
        // Escapes first: two halves of a pair are one character.
        let decoded = ByteBuffer(capacity: raw.count)
        var starts: [Int] = []
        starts.reserveCapacity(raw.count)
        var at = 0
        while at < raw.count {
            var end = at + 1
            if raw[at] == UInt8(ascii: "\\"), at + 1 < raw.count {
                end = raw[at + 1] == UInt8(ascii: "u") ? min(at + 6, raw.count) : at + 2
                // The second half goes with the first, where it is one.
                if end == at + 6, isHigh(raw, at), end + 6 <= raw.count, raw[end] == UInt8(ascii: "\\"),
                    raw[end + 1] == UInt8(ascii: "u"), isLow(raw, end)
                {
                    end += 6
                }
            }
            let before = decoded.count
            JSONText.decode(UnsafeBufferPointer(rebasing: raw[at..<end]), into: decoded)
            for _ in before..<decoded.count { starts.append(at) }
            at = end
        }
        var units: [(scalar: Unicode.Scalar, start: Int)] = []
        units.reserveCapacity(decoded.count)
        var parser = Unicode.UTF8.ForwardParser()
        var source = decoded.bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &source) {
            case .valid(let bytes):
                units.append((Unicode.UTF8.decode(bytes), starts[offset]))
                offset += bytes.count
            case .error(let length):
                units.append(("\u{fffd}", starts[offset]))
                offset += length
            case .emptyInput:
                return units
            }
        }
    }

    /// Whether the escape at a place spells the first half of a pair.
    private static func isHigh(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        (raw[at + 2] | 0x20) == UInt8(ascii: "d") && "89abAB".utf8.contains(raw[at + 3])
    }

    private static func isLow(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        (raw[at + 2] | 0x20) == UInt8(ascii: "d") && "cdefCDEF".utf8.contains(raw[at + 3])
    }
}
