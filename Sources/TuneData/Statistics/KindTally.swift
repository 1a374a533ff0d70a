/// The different texts of a kind and how often each occurs, as long as they are few.
struct KindTally: Sendable {
    /// More kinds than this are only counted elsewhere; their texts are not kept.
    static let limit = 1000
    /// Bytes of a text that are kept for showing.
    private static let textLimit = 2000

    private var places: [Digest: Int] = [:]
    private var kinds: [(text: String, count: Int)] = []
    /// Whether there were more than `limit`, and all was forgotten.
    private(set) var isOverfull = false

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        guard !isOverfull else { return }
        let digest = Digest(text)
        if let place = places[digest] {
            kinds[place].count += 1
        } else {
            var end = min(text.count, Self.textLimit)
            while end > 0, end < text.count, text[end] & 0xc0 == 0x80 { end -= 1 }
            let shown = String(decoding: text[..<end], as: UTF8.self) + (end < text.count ? "…" : "")
            insert(digest, shown, count: 1)
        }
    }

    mutating func add(_ other: KindTally) {
        guard !isOverfull else { return }
        guard !other.isOverfull else { return overfill() }
        for (digest, place) in other.places.sorted(by: { $0.value < $1.value }) {
            let kind = other.kinds[place]
            if let known = places[digest] {
                kinds[known].count += kind.count
            } else {
                insert(digest, kind.text, count: kind.count)
            }
        }
    }

    /// The commonest first; those that are equally common as they appeared.
    var sorted: [Tallied<String>] {
        kinds.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map { Tallied($0.element.text, count: $0.element.count) }
    }

    private mutating func insert(_ digest: Digest, _ text: String, count: Int) {
        guard kinds.count < Self.limit else { return overfill() }
        places[digest] = kinds.count
        kinds.append((text, count))
    }

    private mutating func overfill() {
        isOverfull = true
        places = [:]
        kinds = []
    }
}

/// Something, and how often it occurs.
public struct Tallied<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value
    public let count: Int

    public init(_ value: Value, count: Int) {
        self.value = value
        self.count = count
    }
}
