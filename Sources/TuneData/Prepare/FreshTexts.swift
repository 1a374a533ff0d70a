import Synchronization

/// The texts that all parts of a survey need not bring along any more.
final class KnownTexts: Sendable {
    private let state: Mutex<DigestSet?>

    /// `isWanted` false: nobody asks for texts.
    init(isWanted: Bool = true) { state = Mutex(isWanted ? DigestSet() : nil) }

    /// nil when no texts are wanted any more.
    var digests: DigestSet? { state.withLock { $0 } }

    func add(_ digests: [Digest]) {
        guard !digests.isEmpty else { return }
        state.withLock { known in for digest in digests { _ = known?.insert(digest) } }
    }

    func close() { state.withLock { $0 = nil } }
}

/// The texts of a part that were not known when it was begun, each once. One thread uses it.
struct FreshTexts: Sendable {
    private var known: DigestSet?
    private(set) var bytes: [UInt8] = []

    init(_ known: KnownTexts) { self.known = known.digests }

    /// Where the text stands in `bytes`; nil when it is known, or no texts are wanted.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ digest: Digest) -> Range<Int>? {
        guard known?.insert(digest) == true else { return nil }
        let start = bytes.count
        bytes.append(contentsOf: text)
        return start..<bytes.count
    }
}
