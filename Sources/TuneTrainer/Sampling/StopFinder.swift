/// Finds stop strings in text that comes in pieces, and holds back what might be the beginning of one.
struct StopFinder {
    private let stops: [[UInt8]]
    private var held: [UInt8] = []

    init(_ stops: [String]) {
        self.stops = stops.filter { !$0.isEmpty }.map { Array($0.utf8) }
    }

    /// The text that is safe to show, and whether a stop string was found, which ends it.
    mutating func append(_ text: String) -> (text: String, isStopped: Bool) {
        held += text.utf8
        if let end = firstStop() {
            defer { held = [] }
            return (String(decoding: held[..<end], as: UTF8.self), true)
        }
        // Stop strings are whole characters, so that a cut before one never splits a character.
        let safe = held.count - longestPossibleStart()
        defer { held.removeFirst(safe) }
        return (String(decoding: held[..<safe], as: UTF8.self), false)
    }

    /// What was held back, when nothing more comes.
    mutating func finish() -> String {
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }

    private func firstStop() -> Int? {
        held.indices.first { i in stops.contains { held[i...].starts(with: $0) } }
    }

    /// Bytes at the end that could still become a stop string.
    private func longestPossibleStart() -> Int {
        let longest = (stops.map(\.count).max() ?? 1) - 1
        return stride(from: min(longest, held.count), to: 0, by: -1).first { length in
            stops.contains { $0.starts(with: held.suffix(length)) }
        } ?? 0
    }
}
