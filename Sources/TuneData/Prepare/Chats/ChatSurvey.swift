import TuneModel

/// What reading a file of conversations or preferences through showed: everything that its questions are decided by.
///
/// Which records repeat others is decided on the texts as all repairs leave them. Memory grows by some 60 bytes a row
/// while the file is read, and by three bits afterwards.
final class ChatSurvey: Sendable {
    /// What the repairs would do to a row.
    struct Traits: OptionSet, Hashable, Sendable {
        let rawValue: UInt32
        static let unclean = Traits(rawValue: 1)
        static let otherRoles = Traits(rawValue: 2)
        static let emptyTurns = Traits(rawValue: 4)
        static let joinable = Traits(rawValue: 8)
        static let spaced = Traits(rawValue: 16)
        static let equalAnswers = Traits(rawValue: 32)
        static let duplicate = Traits(rawValue: 64)
        static let near = Traits(rawValue: 128)
        static let tooLong = Traits(rawValue: 256)
        /// The line was laid out in another way than is trained.
        static let converted = Traits(rawValue: 512)
        /// Another system prompt than the one to be set, or none.
        static let otherSystem = Traits(rawValue: 1024)

        /// Cannot be trained, given whether roles are renamed and empty turns are dropped.
        static func untrainable(mapped: Bool, dropped: Bool) -> Traits {
            Traits(rawValue: 1 << (12 + (mapped ? 1 : 0) + (dropped ? 2 : 0)))
        }

        /// System prompts are numbered while they are counted.
        static let systemShift: UInt32 = 20
        static let systemLimit = 255
    }

    /// Rows that every repair treats alike.
    struct Tally: Sendable {
        var rows = RowList()
        var samples: [Sample] = []
    }

    /// A row kept for showing, in the standard form; a broken one as its text.
    struct Sample: Sendable {
        let row: Int
        let value: JSONValue?
        let text: String
    }

    let layout: ChatLayout
    let rows: Int
    let kinds: [Traits: Tally]
    let duplicates: RowSet
    let near: RowSet
    let tooLong: RowSet
    let equalAnswers: RowSet
    /// Other names of roles that were met, in the order in which they were.
    let otherRoles: [String]
    /// The system prompt to set, and whether it was told; nil when there is none to set.
    let system: String?
    let isSystemTold: Bool
    let findings: [Finding]

    init(
        layout: ChatLayout, rows: Int, kinds: [Traits: Tally], duplicates: RowSet, near: RowSet, tooLong: RowSet,
        equalAnswers: RowSet, otherRoles: [String], system: String?, isSystemTold: Bool, findings: [Finding]
    ) {
        self.layout = layout
        self.rows = rows
        self.kinds = kinds
        self.duplicates = duplicates
        self.near = near
        self.tooLong = tooLong
        self.equalAnswers = equalAnswers
        self.otherRoles = otherRoles
        self.system = system
        self.isSystemTold = isSystemTold
        self.findings = findings
    }
}
