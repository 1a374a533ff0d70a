/// What is wrong with a form that somebody sent.
enum MultipartFault: Error, Hashable {
    case noBoundary
    case cutShort
    case headTooLong
    case badHead
}

/// Reads a multipart form as it comes in, keeping no more of it than a boundary's length.
struct MultipartReader {
    enum Event: Hashable {
        /// A field begins; files have a name of their own.
        case field(name: String, filename: String?)
        /// Some of its bytes.
        case bytes(ArraySlice<UInt8>)
        case fieldEnd
    }

    private enum State {
        case preamble, boundary, head, firstLine, body, done
    }

    private static let longestHead = 16_384

    /// Line end, two hyphens, boundary: what ends every field.
    private let delimiter: [UInt8]
    private var state = State.preamble
    private var pending: [UInt8]

    /// - Parameter contentType: the header of the request.
    init(contentType: String) throws(MultipartFault) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = HeaderParameters(contentType)["boundary"], (1...200).contains(boundary.utf8.count)
        else { throw .noBoundary }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first boundary has no line before it; now it has.
        pending = [0x0D, 0x0A]
    }

    /// What the next bytes bring.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(MultipartFault) -> [Event] {
        pending += bytes
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// The form is over.
    func finish() throws(MultipartFault) {
        guard state == .done else { throw .cutShort }
    }

    // MARK: - Private

    /// - Returns: whether there may be more to do with what is there.
    private mutating func step(_ events: inout [Event]) throws(MultipartFault) -> Bool {
        switch state {
        case .preamble:
            guard let place = find(delimiter) else {
                keep(last: delimiter.count - 1)
                return false
            }
            pending.removeFirst(place + delimiter.count)
            state = .boundary
        case .boundary:
            guard pending.count >= 2 else { return false }
            if pending[0] == UInt8(ascii: "-"), pending[1] == UInt8(ascii: "-") {
                state = .done
            } else if pending[0] == 0x0D, pending[1] == 0x0A {
                state = .head
                // The line end stays: a head may be empty, and ends with an empty line all the same.
            } else {
                throw .badHead
            }
        case .head:
            guard let place = find([0x0D, 0x0A, 0x0D, 0x0A]) else {
                if pending.count > Self.longestHead { throw .headTooLong }
                return false
            }
            if place > Self.longestHead { throw .headTooLong }
            events.append(try Self.field(String(decoding: pending[2..<max(2, place)], as: UTF8.self)))
            // The last line end stays: it may begin the boundary that ends an empty field.
            pending.removeFirst(place + 2)
            state = .firstLine
        case .firstLine:
            guard pending.count >= delimiter.count else { return false }
            if pending.starts(with: delimiter) {
                events.append(.fieldEnd)
                pending.removeFirst(delimiter.count)
                state = .boundary
            } else {
                pending.removeFirst(2)
                state = .body
            }
        case .body:
            guard let place = find(delimiter) else {
                let ready = pending.count - (delimiter.count - 1)
                if ready > 0 {
                    events.append(.bytes(pending[..<ready]))
                    keep(last: delimiter.count - 1)
                }
                return false
            }
            if place > 0 { events.append(.bytes(pending[..<place])) }
            events.append(.fieldEnd)
            pending.removeFirst(place + delimiter.count)
            state = .boundary
        case .done:
            // Whatever follows belongs to nobody.
            pending = []
            return false
        }
        return true
    }

    private mutating func keep(last count: Int) {
        if pending.count > count { pending.removeFirst(pending.count - count) }
    }

    private func find(_ pattern: [UInt8]) -> Int? {
        pending.withUnsafeBufferPointer { bytes in
            pattern.withUnsafeBufferPointer { pattern in
                guard bytes.count >= pattern.count else { return nil }
                var place = 0
                let last = bytes.count - pattern.count
                while place <= last {
                    if bytes[place] == pattern[0] {
                        var length = 1
                        while length < pattern.count, bytes[place + length] == pattern[length] { length += 1 }
                        if length == pattern.count { return place }
                    }
                    place += 1
                }
                return nil
            }
        }
    }

    private static func field(_ head: String) throws(MultipartFault) -> Event {
        for line in head.split(whereSeparator: \.isNewline) {
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2 else { throw .badHead }
            guard halves[0].lowercased() == "content-disposition" else { continue }
            let parameters = HeaderParameters(String(halves[1]))
            guard let name = parameters["name"] else { throw .badHead }
            return .field(name: name, filename: parameters.extended("filename") ?? parameters["filename"])
        }
        throw .badHead
    }
}
