import TuneModel

/// Gathers, row by row, what a check finds. One thread uses it.
final class CheckCensus {
    private let shape: Record.Shape
    private let columns: Columns
    private let look: CloseLook
    private var lists: [Check: RowList] = [:]
    private var sets: [Check: RowSet] = [:]
    private var records: DigestSet
    /// For each question: a piece of the digest of its first answer.
    private var answers: DigestTable
    private var systemPrompt: String?
    private var rows = 0

    init(of dataset: Dataset, _ options: CheckOptions, shape: Record.Shape? = nil) {
        self.shape = shape ?? dataset.shape
        columns = dataset.columns
        look = CloseLook(at: dataset, options)
        records = DigestSet(expecting: look.comparesRows ? dataset.count : 0)
        answers = DigestTable(expecting: look.comparesRows ? dataset.count : 0)
    }

    func add(_ line: Line, row: Int) throws(DataError) {
        guard !line.isCut else {
            rows += 1
            return note(.oversized, row)
        }
        var value: JSONValue?
        do throws(JSONScanner.Failure) {
            let object = try JSONValue(line.bytes)
            guard case .object = object else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
            value = object
        } catch {}
        try add(value, line: line.bytes, row: row)
    }

    /// Adds a row by its value, nil when its line is broken; gives back what the close look saw.
    @discardableResult
    func add(
        _ value: JSONValue?, line: UnsafeBufferPointer<UInt8>, row: Int
    ) throws(DataError) -> CloseLook.Traits {
        rows += 1
        if !isUTF8(line) { note(.notUTF8, row) }
        guard let value, case .object(let members) = value else {
            note(.broken, row)
            return []
        }
        if hasRepeats(members) { note(.repeatedKey, row) }
        addTexts(of: value, row: row)
        var record: Record?
        var isRepeated = false
        do throws(RecordProblem) {
            let found = try RecordParser.record(from: value, columns)
            record = found
            try RecordRules.checkTexts(of: value, columns)
            isRepeated = !add(found, row: row)
            try RecordRules.check(found)
        } catch {
            // Broken characters are told with the texts.
            if case .notUTF8 = error { return [] }
            note(Check(error), row)
        }
        return try look.look(at: line, row: row, isRepeated: isRepeated) { record }
    }

    private func hasRepeats(_ members: [JSONValue.Member]) -> Bool {
        for (place, member) in members.enumerated() where members[..<place].contains(where: { $0.key == member.key }) {
            return true
        }
        return false
    }

    var findings: [Finding] {
        Check.allCases.compactMap { check in
            lists[check].map { list in
                Finding(
                    id: check.rawValue, severity: check.severity, summary: check.summary(list.count), rows: list.rows,
                    count: list.count)
            }
        } + look.findings + [summary]
    }

    /// All rows of each finding, by its id.
    var rowsByFinding: [String: RowSet] {
        var rows = look.rowsByFinding
        for (check, set) in sets { rows[check.rawValue] = set }
        return rows
    }

    // MARK: -

    private var summary: Finding {
        let usable = rows - Check.allCases.filter { $0.severity == .error }.reduce(0) { $0 + (lists[$1]?.count ?? 0) }
        let n = rows.grouped
        return lists.isEmpty && look.findings.isEmpty
            ? Finding(
                id: "records", severity: .good,
                summary: Wording(
                    "\(n) \(shape.rawValue) \(rows == 1 ? "record" : "records"); nothing to object to.",
                    "\(n) 条 \(shape.rawValue) 记录，没有发现问题。"))
            : Finding(
                id: "records", severity: .note,
                summary: Wording(
                    "\(n) \(shape.rawValue) \(rows == 1 ? "record" : "records"), \(max(usable, 0).grouped) of them fit for training.",
                    "共 \(n) 条 \(shape.rawValue) 记录，其中 \(max(usable, 0).grouped) 条可用于训练。"))
    }

    private func note(_ check: Check, _ row: Int) {
        lists[check, default: RowList()].add(row)
        sets[check, default: RowSet()].insert(row)
    }

    /// Whether the record is new.
    private func add(_ record: Record, row: Int) -> Bool {
        if record.shape != shape { note(.otherShape, row) }
        if Self.isLong(record) { note(.long, row) }
        let isNew = !look.comparesRows || compare(record, row: row)
        switch record {
        case .completion: break
        case .chat(let messages): add(messages, row: row)
        case .preference(_, let preferred, let rejected):
            if preferred.map(\.content) == rejected.map(\.content) { note(.equalAnswers, row) }
        }
        return isNew
    }

    /// Whether no record before is the same.
    private func compare(_ record: Record, row: Int) -> Bool {
        let sides = RecordSides(of: record)
        guard records.insert(sides.whole) else {
            note(.duplicate, row)
            return false
        }
        if let question = sides.question {
            let piece = UInt32(truncatingIfNeeded: sides.answer.low)
            if let first = answers.value(of: question, orSet: piece), first != piece { note(.otherAnswer, row) }
        }
        return true
    }

    private func add(_ messages: [Message], row: Int) {
        let system = messages.first { $0.role == "system" || $0.role == "developer" }?.content ?? ""
        if systemPrompt == nil { systemPrompt = system }
        if system != systemPrompt { note(.otherSystem, row) }
        let turns = messages.filter { $0.role == "user" || $0.role == "assistant" }.map(\.role)
        if turns.first == "assistant" || zip(turns, turns.dropFirst()).contains(where: ==) { note(.alternation, row) }
        if messages.contains(where: { $0.content.isEmpty && $0.role != "assistant" }) { note(.emptyTurn, row) }
        if turns.last == "user", turns.contains("assistant") { note(.unbalanced, row) }
    }

    private static func isLong(_ record: Record) -> Bool {
        let (question, answer) = RecordSides.texts(of: record)
        guard question.utf8.count + answer.utf8.count > Surveyor.longLimit else { return false }
        return question.unicodeScalars.count + answer.unicodeScalars.count > Surveyor.longLimit
    }

    private func addTexts(of value: JSONValue, row: Int) {
        var isControlled = false
        var isHidden = false
        var isBroken = false
        value.forEachText { text in
            text.withUnsafeBufferPointer { text in
                guard text.contains(where: { $0 < 0x20 || $0 >= 0x7f }) else { return }
                if !isUTF8(text) { isBroken = true }
                for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
                    switch Invisible(scalar) {
                    case .control where scalar != "\n" && scalar != "\t" && scalar != "\r": isControlled = true
                    case .format where scalar != "\u{200d}" && scalar != "\u{200c}": isHidden = true
                    default: break
                    }
                }
            }
        }
        if isControlled { note(.control, row) }
        if isHidden { note(.invisible, row) }
        // A lone surrogate is an escape that stands for no character; broken bytes of the line are told already.
        if isBroken, lists[.notUTF8]?.rows.last != row { note(.surrogate, row) }
    }
}

extension JSONValue {
    /// All texts in a value, its keys left aside.
    func forEachText(_ visit: ([UInt8]) -> Void) {
        switch self {
        case .text(let bytes): visit(bytes)
        case .list(let elements): for element in elements { element.forEachText(visit) }
        case .object(let members): for member in members { member.value.forEachText(visit) }
        case .number, .bool, .null: break
        }
    }
}
