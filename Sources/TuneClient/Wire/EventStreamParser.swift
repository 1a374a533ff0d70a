/// Takes a stream of server-sent events apart, in whatever pieces it comes.
///
/// Lines end with CR, LF or CRLF; an event ends with an empty line, and one that the stream ends in the middle of is
/// none. Works on bytes, so that characters may be cut between pieces.
struct EventStreamParser {
    struct Event: Hashable, Sendable {
        /// Empty where the stream does not name it.
        var name: String
        /// The lines of data, joined with LF.
        var data: String
    }

    struct TooLarge: Error {}

    /// Bytes of one event.
    let limit: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var isAfterReturn = false
    private var isAtStart = true

    init(limit: Int) { self.limit = limit }

    /// The events that these bytes complete.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws(TooLarge) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            // The LF of a CRLF whose CR has ended the line.
            if byte == 0x0A, isAfterReturn {
                isAfterReturn = false
                continue
            }
            isAfterReturn = byte == 0x0D
            if byte == 0x0A || byte == 0x0D {
                if let event = endLine() { events.append(event) }
            } else {
                line.append(byte)
                if line.count + data.count > limit { throw TooLarge() }
            }
        }
        return events
    }

    private mutating func endLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        var text = line[...]
        if isAtStart, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        isAtStart = false
        guard !text.isEmpty else { return dispatch() }
        let colon = text.firstIndex(of: UInt8(ascii: ":"))
        let field = text[..<(colon ?? text.endIndex)]
        var value = colon.map { text[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        if field.elementsEqual("data".utf8) {
            if hasData { data.append(0x0A) }
            data += value
            hasData = true
        } else if field.elementsEqual("event".utf8) {
            name = String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    private mutating func dispatch() -> Event? {
        defer {
            data.removeAll(keepingCapacity: true)
            hasData = false
            name = ""
        }
        return hasData ? Event(name: name, data: String(decoding: data, as: UTF8.self)) : nil
    }
}
