import Foundation

/// A prompt and its completion as they stand in a row, valid until the next one is read.
struct Pair {
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8
        static let promptAbsent = Traits(rawValue: 1)
        static let promptNull = Traits(rawValue: 2)
        static let completionAbsent = Traits(rawValue: 4)
        static let completionNull = Traits(rawValue: 8)
        /// A value was a number, a list or the like, and was taken as its text.
        static let converted = Traits(rawValue: 16)
        /// A text holds what `Cleaning` takes out.
        static let unclean = Traits(rawValue: 32)
        /// The row is too long to be a record; its texts were not read.
        static let oversized = Traits(rawValue: 64)

        static let noPrompt: Traits = [.promptAbsent, .promptNull]
        static let noCompletion: Traits = [.completionAbsent, .completionNull]
    }

    /// From 0.
    let row: Int
    let prompt: UnsafeBufferPointer<UInt8>
    let completion: UnsafeBufferPointer<UInt8>
    let traits: Traits

    /// Whether it has what a record needs.
    func isUsable(hasNoPrompts: Bool) -> Bool {
        !completion.isEmpty && (hasNoPrompts || traits.isDisjoint(with: .noPrompt))
    }

    /// Whether prompt and completion have more than `Surveyor.longLimit` characters together.
    var isLong: Bool {
        guard prompt.count + completion.count > Surveyor.longLimit else { return false }
        return scalarCount(prompt) + scalarCount(completion) > Surveyor.longLimit
    }
}

/// Reads the prompts and completions of a dataset, row by row, without keeping any.
struct PairReader: Sendable {
    let dataset: Dataset
    /// The keys that hold them.
    var promptKey: [UInt8]
    var completionKey: [UInt8]
    /// Whether texts come cleaned.
    var isCleaning: Bool
    /// Whether texts are looked at for what cleaning takes out; no need where none was found before.
    var isLooking: Bool

    init(
        dataset: Dataset, promptKey: [UInt8]? = nil, completionKey: [UInt8]? = nil, isCleaning: Bool = false,
        isLooking: Bool = true
    ) {
        self.dataset = dataset
        self.promptKey = promptKey ?? Array(dataset.columns.prompt.utf8)
        self.completionKey = completionKey ?? Array(dataset.columns.completion.utf8)
        self.isCleaning = isCleaning
        self.isLooking = isLooking
    }

    /// Looks at all rows, on every core: `look` adds a row to what is gathered from a stretch of them, which `begin`
    /// begins, and `take` gets each of these in their order, on this thread. `keys`, when given, gathers the names of
    /// all keys.
    func gather<Part: Sendable>(
        work: DataWork, keys: KeyCensus? = nil, _ begin: @escaping @Sendable () -> Part,
        _ look: @escaping @Sendable (inout Part, Pair, Line) -> Void, _ take: (Part) throws(DataError) -> Void
    ) throws(DataError) {
        let (reader, wantsKeys) = (self, keys != nil)
        try dataset.stretches(of: 0..<dataset.count, work: work) {
            range, work throws(DataError) -> (part: Part, keys: [[UInt8]]) in
            var part = begin()
            let census = wantsKeys ? KeyCensus() : nil
            try reader.walkLines(range, work: work, keys: census) { pair, line throws(DataError) in
                look(&part, pair, line)
            }
            return (part, census?.names ?? [])
        } _: { gathered throws(DataError) in
            for key in gathered.keys { keys?.note(key) }
            try take(gathered.part)
        }
    }

    /// Calls `visit` for each row of a range.
    func walk(
        _ range: Range<Int>, work: DataWork, keys: KeyCensus? = nil, _ visit: (Pair) throws(DataError) -> Void
    ) throws(DataError) {
        try walkLines(range, work: work, keys: keys) { pair, _ throws(DataError) in try visit(pair) }
    }

    /// Calls `visit` for each row of a range, with the line that it stands in.
    func walkLines(
        _ range: Range<Int>, work: DataWork, keys: KeyCensus? = nil,
        _ visit: (Pair, Line) throws(DataError) -> Void
    ) throws(DataError) {
        guard !range.isEmpty else { return }
        let slots = PairSlots()
        try dataset.walk(from: range.lowerBound, work: work) { line, row throws(DataError) in
            guard !line.isCut else {
                let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
                try visit(Pair(row: row, prompt: nothing, completion: nothing, traits: .oversized), line)
                return row + 1 < range.upperBound
            }
            let pair: Pair
            do throws(JSONScanner.Failure) {
                pair = try self.pair(in: line.bytes, row: row, slots, keys)
            } catch {
                let failure = error.problem == .notAnObject ? Self.failure(of: line.bytes) ?? error : error
                throw .notJSON(
                    file: dataset.path, line: line.number, column: failure.column(in: line.bytes),
                    problem: failure.problem)
            }
            try visit(pair, line)
            return row + 1 < range.upperBound
        }
    }

    /// The pair in a line, valid as long as its bytes are and until the slots are used again.
    func pair(
        in line: UnsafeBufferPointer<UInt8>, row: Int, _ slots: PairSlots, _ keys: KeyCensus? = nil
    ) throws(JSONScanner.Failure) -> Pair {
        var scanner = JSONScanner(line)
        var promptValue: JSONScanner.Value?
        var completionValue: JSONScanner.Value?
        try scanner.enterObject()
        var isFirst = true
        while let key = try scanner.nextKey(isFirst: isFirst) {
            isFirst = false
            let value = try scanner.value(depth: 1)
            let name = key.hasEscapes ? nil : UnsafeBufferPointer(rebasing: line[key.range])
            if let name, equal(name, promptKey) {
                promptValue = value
            } else if let name, equal(name, completionKey) {
                completionValue = value
            } else if key.hasEscapes {
                let name = JSONValue.decoded(key, in: line)
                if name == promptKey { promptValue = value } else if name == completionKey { completionValue = value }
                keys?.note(name)
                continue
            }
            if let keys, let name { keys.note(name) }
        }
        try scanner.finish()

        var traits: Pair.Traits = []
        let promptText = slots.prompt.fill(
            promptValue, of: line, isCleaning: isCleaning, isLooking: isLooking, &traits, .promptAbsent, .promptNull)
        let completionText = slots.completion.fill(
            completionValue, of: line, isCleaning: isCleaning, isLooking: isLooking, &traits, .completionAbsent,
            .completionNull)
        return Pair(row: row, prompt: promptText, completion: completionText, traits: traits)
    }

    // MARK: -

    /// Why a line is no JSON at all; nil when it is.
    private static func failure(of line: UnsafeBufferPointer<UInt8>) -> JSONScanner.Failure? {
        do throws(JSONScanner.Failure) { _ = try JSONValue(line) } catch { return error }
        return nil
    }
}

@inline(__always)
private func equal(_ name: UnsafeBufferPointer<UInt8>, _ key: [UInt8]) -> Bool {
    guard name.count == key.count else { return false }
    for index in 0..<key.count where name[index] != key[index] { return false }
    return true
}

/// Where the texts of a pair are put together. One thread uses them.
final class PairSlots {
    fileprivate let prompt = TextSlot()
    fileprivate let completion = TextSlot()
}

/// Where one field's text is put together when it cannot be used as it stands in the line.
private final class TextSlot {
    private let decoded = ByteBuffer()
    private let cleaned = ByteBuffer()

    func fill(
        _ value: JSONScanner.Value?, of line: UnsafeBufferPointer<UInt8>, isCleaning: Bool, isLooking: Bool,
        _ traits: inout Pair.Traits,
        _ absent: Pair.Traits, _ null: Pair.Traits
    ) -> UnsafeBufferPointer<UInt8> {
        guard let value else {
            traits.insert(absent)
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        var text = UnsafeBufferPointer(rebasing: line[value.range])
        switch value.kind {
        case .null:
            traits.insert(null)
            return UnsafeBufferPointer(start: nil, count: 0)
        case .text:
            if value.hasEscapes {
                decoded.count = 0
                JSONText.decode(text, into: decoded)
                text = decoded.bytes
            }
        case .number, .object, .list, .yes, .no:
            traits.insert(.converted)
            decoded.count = 0
            // The scanner has passed this value, so that it can be read.
            if let tree = try? JSONValue(text) { decoded.append(PlainText.text(of: tree)) }
            text = decoded.bytes
        }
        guard isLooking || isCleaning, Self.needsCleaning(text, value) else { return text }
        traits.insert(.unclean)
        guard isCleaning else { return text }
        cleaned.count = 0
        Cleaning.clean(text, into: cleaned)
        return cleaned.bytes
    }

    /// Most texts are plain ASCII without escapes, of which only DEL could be in the way.
    private static func needsCleaning(_ text: UnsafeBufferPointer<UInt8>, _ value: JSONScanner.Value) -> Bool {
        if value.kind == .text, !value.hasEscapes, !value.hasWide, !value.hasControls {
            guard let base = text.baseAddress else { return false }
            return memchr(base, 0x7f, text.count) != nil
        }
        return Cleaning.isNeeded(text)
    }
}

/// The names of all keys met, in the order in which they first appeared.
final class KeyCensus {
    /// More names than this are counted, but not kept: the names are data then, not columns.
    static let limit = 1000

    private(set) var names: [[UInt8]] = []
    private var last = 0

    func note(_ name: UnsafeBufferPointer<UInt8>) {
        // Rows name their keys in the same order, so that the next name is mostly the one behind the last.
        for step in 1...max(names.count, 1) where !names.isEmpty {
            let index = (last + step) % names.count
            if equal(name, names[index]) {
                last = index
                return
            }
        }
        guard names.count < Self.limit else { return }
        names.append(Array(name))
        last = names.count - 1
    }

    func note(_ name: [UInt8]) {
        name.withUnsafeBufferPointer { note($0) }
    }

    /// The key that holds a column: its exact name, or else the first that differs only in capitals.
    func key(for column: String) -> [UInt8]? {
        let exact = Array(column.utf8)
        if names.contains(exact) { return exact }
        return names.first { String(decoding: $0, as: UTF8.self).lowercased() == column.lowercased() }
    }
}
