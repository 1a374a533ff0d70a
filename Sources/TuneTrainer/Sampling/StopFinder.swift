/// Finds stop strings in text that comes in pieces, and holds back what might be the beginning of one, or of a
/// character.
///
/// The text ends before the stop string that is complete first; of several that are complete with the same byte, before
/// the one that begins first. So the same text ends at the same place, however it is cut into pieces.
struct StopFinder {
    private let stops: [[UInt8]]
    private let longest: Int
    private var held: [UInt8] = []

    init(_ stops: [String]) {
        self.stops = stops.filter { !$0.isEmpty }.map { Array($0.utf8) }.sorted { $0.count > $1.count }
        longest = self.stops.first?.count ?? 0
    }

    /// The bytes that are safe to show, and whether a stop string was found, which ends the text. They end where a
    /// character does, unless no bytes could complete it.
    mutating func append(_ bytes: some Sequence<UInt8>) -> (bytes: [UInt8], isStopped: Bool) {
        let known = held.count
        held += bytes
        if let end = firstStop(from: known) {
            defer { held = [] }
            return (Array(held[..<end]), true)
        }
        // Stop strings are whole characters, so that a cut before one never splits a character.
        let safe = held.count - max(longestPossibleStart(), TextDecoder.unfinishedLength(of: held))
        defer { held.removeFirst(safe) }
        return (Array(held[..<safe]), false)
    }

    /// As text.
    mutating func append(_ text: String) -> (text: String, isStopped: Bool) {
        let (bytes, isStopped) = append(text.utf8)
        return (String(decoding: bytes, as: UTF8.self), isStopped)
    }

    /// What was held back, when nothing more comes.
    mutating func finishBytes() -> [UInt8] {
        defer { held = [] }
        return held
    }

    mutating func finish() -> String { String(decoding: finishBytes(), as: UTF8.self) }

    /// Where the first stop string begins whose last byte is not among the first `known`.
    private func firstStop(from known: Int) -> Int? {
        guard !stops.isEmpty else { return nil }
        for end in known..<held.count {
            let text = held[...end]
            if let stop = stops.first(where: { text.count >= $0.count && text.suffix($0.count) == $0[...] }) {
                return end + 1 - stop.count
            }
        }
        return nil
    }

    /// Bytes at the end that could still become a stop string.
    private func longestPossibleStart() -> Int {
        stride(from: min(longest - 1, held.count), to: 0, by: -1).first { length in
            stops.contains { $0.count > length && $0.starts(with: held.suffix(length)) }
        } ?? 0
    }
}
