import Foundation
import TuneModel

@testable import TuneData

/// Makes random edits of a dataset and says before and after each what the rows are to be and are; a program of its own,
/// so that tests can kill it and have its disk fail.
///
/// `EditorProbe DATASET JOURNALS SEED COUNT`
///
/// It prints, one a line: `open ROWS PLACE COUNT`, `try KIND ROWS FILE`, then `done KIND ROWS PLACE COUNT` or
/// `failed KIND ROWS PLACE COUNT ERROR`, where ROWS and FILE stand for what the rows with their tags say and for the bytes
/// of the file, PLACE and COUNT for the state of the history they are in and how many it has. The rows after `undo` and
/// `redo` are not known beforehand to who begins with a journal of before: `try` says `?`.
@main enum EditorProbe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let seed = UInt64(arguments[3]), let count = Int(arguments[4]) else {
            say("EditorProbe DATASET JOURNALS SEED COUNT", to: 2)
            exit(2)
        }
        do throws(DataError) {
            let draft = try Draft(opening: arguments[1], journals: arguments[2])
            var model = try EditorModel(of: draft, seed: seed)
            say("open \(model.digest) \(draft.place)")
            for _ in 0..<count { try model.step(draft) }
        } catch {
            say(error.explanation.text(in: .english), to: 2)
            exit(error.exitStatus.rawValue)
        }
    }

    /// Writes a line at once: what a buffer held would be lost with the process.
    static func say(_ line: String, to file: Int32 = 1) {
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
}

extension Draft {
    /// The state of its history that it is in, and how many it has.
    var place: String { withCore { core in "\(core.history.current) \(core.history.moments.count)" } }
}

/// What the rows must be, kept in the simplest way.
struct EditorModel {
    private struct Row: Hashable {
        var text: String
        var tags: [String]
    }

    private var rows: [Row]
    private var source: SplitMix

    init(of draft: Draft, seed: UInt64) throws(DataError) {
        source = SplitMix(state: seed)
        rows = []
        rows = try Self.rows(of: draft)
    }

    private static func rows(of draft: Draft) throws(DataError) -> [Row] {
        try draft.dataset.rows(in: 0..<draft.dataset.count).map { Row(text: $0.text, tags: draft.tags(of: $0.index)) }
    }

    /// What tells the rows apart from others.
    var digest: String {
        Self.digest(rows.map { $0.text + "|" + $0.tags.joined(separator: ",") }.joined(separator: "\n"))
    }

    /// The same for the file that they are saved to.
    private var file: String { Self.digest(rows.map { $0.text + "\n" }.joined()) }

    static func digest(_ text: String) -> String {
        let digest = Array(text.utf8).withUnsafeBufferPointer { Digest($0) }
        return String(digest.high, radix: 16) + String(digest.low, radix: 16)
    }

    /// What a draft shows.
    static func digest(of draft: Draft) throws(DataError) -> String { try EditorModel(of: draft, seed: 0).digest }

    /// One edit, undoing, redoing, or saving.
    mutating func step(_ draft: Draft) throws(DataError) {
        let before = rows
        switch Int.random(in: 0..<20, using: &source) {
        case 0..<3:
            EditorProbe.say("try undo ? -")
            try finish("undo", draft, before) { () throws(DataError) in _ = try draft.undo() }
        case 3..<5:
            EditorProbe.say("try redo ? -")
            try finish("redo", draft, before) { () throws(DataError) in _ = try draft.redo() }
        case 5:
            EditorProbe.say("try save \(digest) \(file)")
            try finish("save", draft, before) { () throws(DataError) in try draft.save() }
        default:
            let edit = randomEdit()
            let expected = digest
            EditorProbe.say("try edit \(expected) -")
            try finish("edit", draft, before) { () throws(DataError) in _ = try draft.apply(edit) }
            guard digest == expected || rows == before else {
                EditorProbe.say("\(edit) did something else", to: 2)
                exit(9)
            }
        }
    }

    private mutating func finish(
        _ kind: String, _ draft: Draft, _ before: [Row], _ body: () throws(DataError) -> Void
    ) throws(DataError) {
        var failure: DataError?
        do throws(DataError) { try body() } catch { failure = error }
        rows = try Self.rows(of: draft)
        guard let failure else { return EditorProbe.say("done \(kind) \(digest) \(draft.place)") }
        guard rows == before else {
            EditorProbe.say("a \(kind) that failed changed the rows", to: 2)
            exit(9)
        }
        let reason = failure.explanation.what.english.replacing(" ", with: "_")
        EditorProbe.say("failed \(kind) \(digest) \(draft.place) \(reason)")
    }

    // MARK: - Edits

    /// An edit, made in the model already.
    private mutating func randomEdit() -> RowEdit {
        let count = rows.count
        let number = Int.random(in: 0..<1_000_000, using: &source)
        guard count > 0 else { return insert(number, at: 0) }
        let row = Int.random(in: 0..<count, using: &source)
        let run = row..<min(count, row + Int.random(in: 1...3, using: &source))
        switch Int.random(in: 0..<(count > 60 ? 12 : 9), using: &source) {
        case 0, 1:
            let text = Self.text(number) + String(repeating: " ", count: number % 3)
            rows[row].text = text
            return .replaceText(row: row, text)
        case 2, 3: return insert(number, at: Int.random(in: 0...count, using: &source))
        case 4:
            rows.insert(contentsOf: rows[run], at: run.upperBound)
            return .duplicate(RangeSet(run))
        case 5:
            let place = Int.random(in: 0...count, using: &source)
            let moved = rows[run]
            let head = rows[..<place].indices.filter { !run.contains($0) }.map { rows[$0] }
            let tail = rows[place...].indices.filter { !run.contains($0) }.map { rows[$0] }
            rows = head + moved + tail
            return .move(RangeSet(run), before: place)
        case 6:
            for place in run where !rows[place].text.contains("!\"}") {
                rows[place].text = rows[place].text.replacing("\"}", with: "!\"}")
            }
            return .change(RangeSet(run), .suffix("!", of: .completion))
        case 7:
            let name = ["good", "bad", "look"][number % 3]
            let isOn = number % 2 == 0
            for place in run {
                let tags = Set(rows[place].tags)
                rows[place].tags = (isOn ? tags.union([name]) : tags.subtracting([name])).sorted()
            }
            return .tag(RangeSet(run), name, isOn)
        default:
            rows.removeSubrange(run)
            return .remove(RangeSet(run))
        }
    }

    private mutating func insert(_ number: Int, at place: Int) -> RowEdit {
        rows.insert(Row(text: Self.text(number), tags: []), at: place)
        return .insert([.completion(prompt: "\(number)", completion: "a")], before: place)
    }

    private static func text(_ number: Int) -> String { #"{"prompt":"\#(number)","completion":"a"}"# }
}
