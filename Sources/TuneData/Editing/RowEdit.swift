public import TuneModel

/// What a person does to the rows of a dataset. Positions are those before the edit.
public enum RowEdit: Hashable, Sendable {
    /// Changes the texts of a row that differ; all else in its line stays as it is.
    case replace(row: Int, Record)
    /// Puts a line in the place of a row, as it was typed.
    case replaceText(row: Int, String)
    case insert([Record], before: Int)
    case remove(RangeSet<Int>)
    /// Puts a copy of the rows behind each run of them.
    case duplicate(RangeSet<Int>)
    case move(RangeSet<Int>, before: Int)
    /// Makes one row of several, in the place of the first.
    case merge(RangeSet<Int>)
    case change(RangeSet<Int>, RowChange)
    /// Puts a tag on rows, or takes it off.
    case tag(RangeSet<Int>, String, Bool)
}

/// Where in a record a text stands.
public enum TextPlace: Hashable, Sendable {
    case prompt, completion
    /// What the turns of a role say: `system`, `user`, `assistant`…
    case turns(of: String)
}

/// What can be done to many rows at once. Rows that it leaves as they are do not count as edited.
public enum RowChange: Hashable, Sendable {
    /// Replaces every match, in the places named or, for nil, everywhere.
    case replaceText(TextPattern, with: String, in: Set<TextPlace>? = nil)
    /// Takes the space off both ends.
    case strip(in: Set<TextPlace>? = nil)
    /// Takes out control characters and terminal escapes, and marks bytes that are no characters.
    case clean
    case role(from: String, to: String)
    /// Gives conversations this system prompt, in the place of any other.
    case system(String)
    /// Puts a text before those of a place that do not begin with it.
    case prefix(String, of: TextPlace)
    /// Puts a text behind those of a place that do not end with it.
    case suffix(String, of: TextPlace)

    var kind: EditTitle.Kind {
        switch self {
        case .replaceText: .replaceText
        case .strip: .strip
        case .clean: .clean
        case .role: .role
        case .system: .system
        case .prefix: .prefix
        case .suffix: .suffix
        }
    }
}
