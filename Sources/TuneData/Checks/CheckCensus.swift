import TuneModel

/// Gathers, row by row, what a check finds. One thread uses it.
final class CheckCensus {
    private let shape: Record.Shape
    private var lists: [Check: RowList] = [:]
    private var sets: [Check: RowSet] = [:]
    private var records = DigestSet()
    /// For each question: the digest of its first answer.
    private var answers: [Digest: Digest] = [:]
    private var systemPrompt: String?
    private var rows = 0

    private let columns: Columns

    init(shape: Record.Shape, columns: Columns) {
        self.shape = shape
        self.columns = columns
    }

    func add(_ line: Line, row: Int) {
        rows += 1
        guard !line.isCut else { return note(.oversized, row) }
        let bytes = line.bytes
        if !isUTF8(bytes) { note(.notUTF8, row) }
        let value: JSONValue
        do throws(JSONScanner.Failure) {
            value = try JSONValue(bytes)
            guard case .object(let members) = value else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
            if Set(members.map(\.key)).count < members.count { note(.repeatedKey, row) }
        } catch {
            return note(.broken, row)
        }
        addTexts(of: value, row: row)
        do throws(RecordProblem) {
            let record = try RecordParser.record(from: value, columns)
            try RecordRules.checkTexts(of: value, columns)
            add(record, row: row)
            try RecordRules.check(record)
        } catch {
            // Broken characters are told with the texts.
            if case .notUTF8 = error { return }
            note(Check(error), row)
        }
    }

    var findings: [Finding] {
        Check.allCases.compactMap { check in
            lists[check].map { list in
                Finding(
                    id: check.rawValue, severity: check.severity, summary: check.summary(list.count), rows: list.rows,
                    count: list.count)
            }
        } + [summary]
    }

    /// All rows of each finding, by its id.
    var rowsByFinding: [String: RowSet] {
        Dictionary(uniqueKeysWithValues: sets.map { ($0.key.rawValue, $0.value) })
    }

    // MARK: -

    private var summary: Finding {
        let usable = rows - Check.allCases.filter { $0.severity == .error }.reduce(0) { $0 + (lists[$1]?.count ?? 0) }
        let n = rows.grouped
        return lists.isEmpty
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

    private func add(_ record: Record, row: Int) {
        if record.shape != shape { note(.otherShape, row) }
        let (question, answer) = Self.sides(of: record)
        let digests = (Self.digest(question), Self.digest(answer))
        if question.unicodeScalars.count + answer.unicodeScalars.count > Surveyor.longLimit { note(.long, row) }
        if !records.insert(Self.digest(question, answer)) {
            note(.duplicate, row)
        } else if !question.isEmpty {
            if let first = answers[digests.0] {
                if first != digests.1 { note(.otherAnswer, row) }
            } else {
                answers[digests.0] = digests.1
            }
        }
        if case .chat(let messages) = record { add(messages, row: row) }
    }

    private func add(_ messages: [Message], row: Int) {
        let system = messages.first { $0.role == "system" || $0.role == "developer" }?.content ?? ""
        if systemPrompt == nil { systemPrompt = system }
        if system != systemPrompt { note(.otherSystem, row) }
        let turns = messages.filter { $0.role == "user" || $0.role == "assistant" }.map(\.role)
        if turns.first == "assistant" || zip(turns, turns.dropFirst()).contains(where: ==) { note(.alternation, row) }
        if messages.contains(where: { $0.content.isEmpty && $0.role != "assistant" }) { note(.emptyTurn, row) }
    }

    /// What the answer follows from, and the answer.
    private static func sides(of record: Record) -> (String, String) {
        func text(_ messages: some Sequence<Message>) -> String {
            messages.map { "\($0.role)\u{1f}\($0.content)" }.joined(separator: "\u{1e}")
        }
        switch record {
        case .completion(let prompt, let completion): return (prompt, completion)
        case .chat(let messages):
            let last = messages.lastIndex { $0.role == "assistant" } ?? messages.endIndex
            return (text(messages[..<last]), text(messages[last...]))
        case .preference(let input, let preferred, let rejected): return (text(input), text(preferred + rejected))
        }
    }

    private static func digest(_ text: String, _ other: String? = nil) -> Digest {
        var text = text
        guard var other else { return text.withUTF8 { Digest($0) } }
        return text.withUTF8 { first in other.withUTF8 { Digest(first, $0) } }
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
