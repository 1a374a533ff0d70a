import TuneModel

/// Reads a file of conversations or preferences through, once, and gathers its survey. One thread uses it.
final class ChatSurveyor {
    private static let clipLimit = 4 << 10

    private let dataset: Dataset
    private let layout: ChatLayout
    private let options: PrepareOptions
    private let census: CheckCensus
    private var kinds: [ChatSurvey.Traits: ChatSurvey.Tally] = [:]
    private var records: DigestSet
    private var duplicates: RowSet
    private var near: RowSet
    private var tooLong: RowSet
    private var equalAnswers: RowSet
    private var otherRoles: [String] = []
    /// System prompts in the order in which they were met, and how many rows have each; the first place is for none.
    private var systems: [String] = [""]
    private var systemCounts = [0]
    private var rows = 0

    static func survey(
        _ dataset: Dataset, layout: ChatLayout, options: PrepareOptions, work: DataWork
    ) throws(DataError) -> ChatSurvey {
        let surveyor = ChatSurveyor(dataset, layout, options)
        try dataset.walk(work: work) { line, row throws(DataError) in
            try surveyor.add(line, row: row)
            return true
        }
        return try surveyor.survey()
    }

    private init(_ dataset: Dataset, _ layout: ChatLayout, _ options: PrepareOptions) {
        self.dataset = dataset
        self.layout = layout
        self.options = options
        census = CheckCensus(
            of: dataset, options.check ?? CheckOptions(near: nil, looksForPrivateData: false), shape: layout.shape)
        records = DigestSet(expecting: dataset.count)
        duplicates = RowSet(rows: dataset.count)
        near = RowSet(rows: dataset.count)
        tooLong = RowSet(rows: dataset.count)
        equalAnswers = RowSet(rows: dataset.count)
    }

    // MARK: - Row by row

    private func add(_ line: Line, row: Int) throws(DataError) {
        rows += 1
        guard !line.isCut else {
            try census.add(line, row: row)
            return note(Self.lost, row, nil, line)
        }
        let raw = try? JSONValue(line.bytes)
        let value = raw.flatMap { layout.standard($0) }
        let seen = try census.add(value ?? raw, line: line.bytes, row: row)
        guard let value else { return note(Self.lost, row, nil, line) }
        var traits: ChatSurvey.Traits = value == raw ? [] : .converted
        let repaired = repair(value, &traits)
        if seen.contains(.near) {
            near.insert(row)
            traits.insert(.near)
        }
        if seen.contains(.tooLong) {
            tooLong.insert(row)
            traits.insert(.tooLong)
        }
        if !traits.contains(.untrainable(mapped: true, dropped: true)) {
            let texts = Turns.lists(of: repaired)
            if layout.shape == .preference, texts.count == 3, texts[1].map(Turns.text) == texts[2].map(Turns.text) {
                equalAnswers.insert(row)
                traits.insert(.equalAnswers)
            }
            let bytes = texts.reduce(into: [UInt8]()) { $0 += JSONValue.list($1).json }
            if !records.insert(bytes.withUnsafeBufferPointer { Digest($0) }) {
                duplicates.insert(row)
                traits.insert(.duplicate)
            }
        }
        note(traits.union(systemTrait(of: repaired)), row, value, line)
    }

    private static let lost: ChatSurvey.Traits = [
        .untrainable(mapped: false, dropped: false), .untrainable(mapped: true, dropped: false),
        .untrainable(mapped: false, dropped: true), .untrainable(mapped: true, dropped: true),
    ]

    /// The row as all repairs leave it, with what each of them did.
    private func repair(_ value: JSONValue, _ traits: inout ChatSurvey.Traits) -> JSONValue {
        func step(_ trait: ChatSurvey.Traits, _ value: JSONValue, _ repairs: ChatRepairs) -> JSONValue {
            let changed = repairs.apply(to: value)
            if changed != value { traits.insert(trait) }
            return changed
        }
        let cleaned = step(.unclean, value, ChatRepairs(cleans: true))
        let mapped = step(.otherRoles, cleaned, ChatRepairs(mapsRoles: true))
        if traits.contains(.otherRoles) { noteRoles(of: cleaned) }
        let dropped = step(.emptyTurns, mapped, ChatRepairs(dropsEmptyTurns: true))
        let joined = step(.joinable, dropped, ChatRepairs(joinsTurns: true))
        let stripped = step(.spaced, joined, ChatRepairs(strips: true))
        for isMapped in [false, true] {
            for isDropped in [false, true]
            where !Self.isTrainable(cleaned, mapped: isMapped, dropped: isDropped, stripped) {
                traits.insert(.untrainable(mapped: isMapped, dropped: isDropped))
            }
        }
        return stripped
    }

    /// Whether a row can be trained once only these two repairs are made.
    private static func isTrainable(_ row: JSONValue, mapped: Bool, dropped: Bool, _ whole: JSONValue) -> Bool {
        let repairs = ChatRepairs(mapsRoles: mapped, dropsEmptyTurns: dropped)
        return isTrainable(mapped && dropped ? whole : repairs.apply(to: row))
    }

    static func isTrainable(_ row: JSONValue) -> Bool {
        guard let record = try? RecordParser.record(from: row), record.shape != .completion else { return false }
        return (try? RecordRules.check(record)) != nil
    }

    private func noteRoles(of row: JSONValue) {
        for turn in Turns.lists(of: row).joined() {
            let role = Turns.role(turn)
            if ChatRepairs.role(for: role) != nil, otherRoles.count < 10, !otherRoles.contains(role) {
                otherRoles.append(role)
            }
        }
    }

    private func systemTrait(of row: JSONValue) -> ChatSurvey.Traits {
        let first = Turns.lists(of: row).first?.first
        let isThere = first.map { ["system", "developer"].contains(Turns.role($0)) } ?? false
        let text = isThere ? first.map(Turns.text) ?? "" : ""
        var place = systems.firstIndex(of: text)
        if place == nil, systems.count < ChatSurvey.Traits.systemLimit {
            place = systems.count
            systems.append(text)
            systemCounts.append(0)
        }
        if let place { systemCounts[place] += 1 }
        return ChatSurvey.Traits(
            rawValue: UInt32(place ?? ChatSurvey.Traits.systemLimit) << ChatSurvey.Traits.systemShift)
    }

    private func note(_ traits: ChatSurvey.Traits, _ row: Int, _ value: JSONValue?, _ line: Line) {
        var tally = kinds[traits] ?? ChatSurvey.Tally()
        tally.rows.add(row)
        if tally.samples.count < 3 {
            // What is shown is cut anyway; a very long row is not kept for it.
            let isShort = line.bytes.count <= Self.clipLimit
            let text = isShort && value != nil ? "" : String(decoding: line.bytes.prefix(500), as: UTF8.self)
            tally.samples.append(.init(row: row, value: isShort ? value : value.map(Self.clipped), text: text))
        }
        kinds[traits] = tally
    }

    private static func clipped(_ row: JSONValue) -> JSONValue {
        Turns.mappingLists(of: row) { turns, _ in
            turns.prefix(20).map { turn in
                Turns.mappingTexts(of: turn) { text in
                    guard text.count > 1000 else { return text }
                    return Array(String(decoding: text.prefix(900), as: UTF8.self).utf8) + Array(" …".utf8)
                }
            }
        }
    }

    // MARK: - All of it

    private func survey() throws(DataError) -> ChatSurvey {
        let isAnyFit = kinds.keys.contains { !$0.contains(.untrainable(mapped: true, dropped: true)) }
        guard isAnyFit else { throw .nothingUsable(file: dataset.path, count: rows) }
        // With too many to count, none is what the file means.
        let isCounted = systems.count < ChatSurvey.Traits.systemLimit
        let common = isCounted ? systems.indices.dropFirst().max { systemCounts[$0] < systemCounts[$1] } : nil
        let system = options.system ?? common.map { systems[$0] }
        let target = system.flatMap { systems.firstIndex(of: $0) }
        var merged: [ChatSurvey.Traits: ChatSurvey.Tally] = [:]
        let mask = UInt32(1) << ChatSurvey.Traits.systemShift - 1
        // In the order of the rows, so that the first of them are the ones named and shown.
        for (traits, tally) in kinds.sorted(by: { $0.value.rows.rows[0] < $1.value.rows.rows[0] }) {
            var plain = ChatSurvey.Traits(rawValue: traits.rawValue & mask)
            if system != nil, target.map({ UInt32($0) }) != traits.rawValue >> ChatSurvey.Traits.systemShift {
                plain.insert(.otherSystem)
            }
            merged[plain, default: ChatSurvey.Tally()].merge(tally)
        }
        return ChatSurvey(
            layout: layout, rows: rows, kinds: merged, duplicates: duplicates, near: near, tooLong: tooLong,
            equalAnswers: equalAnswers, otherRoles: otherRoles, system: system, isSystemTold: options.system != nil,
            findings: census.findings)
    }
}

extension ChatSurvey.Tally {
    fileprivate mutating func merge(_ other: ChatSurvey.Tally) {
        rows.merge(other.rows)
        samples = Array((samples + other.samples).sorted { $0.row < $1.row }.prefix(3))
    }
}
