/// What reading a file through showed: everything that the prepare-data questions are decided by.
///
/// All decisions are made on the records as they stand, less those without a prompt or a completion; the repairs are
/// applied one after another later. Memory grows by 60 bytes a row, for duplicates, classes and
/// the draw, and by nothing else.
struct Survey: Sendable {
    /// The key that holds each column, and the other keys.
    var promptKey: [UInt8] = []
    var completionKey: [UInt8] = []
    var otherKeys: [String] = []
    /// Whether texts were cleaned before they were looked at.
    var isCleaned = false
    /// Whether prompts are null in every row, and count as empty.
    var hasNoPrompts = false

    var rows = 0
    /// Rows with a prompt and a completion.
    var usable = 0
    var oversized = RowList()
    var noPrompt = RowList()
    var noCompletion = RowList()
    var emptyCompletion = RowList()
    var converted = RowList()
    var unclean = RowList()
    var duplicateRows = RowList()
    var longRows = RowList()
    /// Rows whose completion is nothing but what all completions begin with.
    var emptiedRows = RowList()
    var duplicates = RowSet(rows: 0)

    var task = PrepareOutcome.Task.conditional
    /// Different completions among the usable rows.
    var distinctCompletions = 0
    var promptCase = LetterCase.Tally()
    var completionCase = LetterCase.Tally()
    var promptPrefix: [UInt8] = []
    var promptSuffix: [UInt8] = []
    var completionPrefix: [UInt8] = []
    var completionSuffix: [UInt8] = []
    var promptsAreSame = false
    var completionsAreSame = false
    /// All that the completions begin with; less of it is offered for removal where a class would be lost otherwise.
    var sharedCompletionStart: [UInt8] = []
    /// Whether the common suffix also stands earlier in some text.
    var promptSuffixRecurs = false
    var completionSuffixRecurs = false
    /// What to end prompts and completions with: marks that occur in none of them.
    var separator: [UInt8] = []
    var ending: [UInt8] = []
    var needsSpace = false

    /// Where the usable rows stand, when they may be drawn; nil otherwise.
    var places: LinePlaces?

    /// Rows by what the repairs would do to them.
    var tallies = Array(repeating: Tally(), count: Signature.count)
    /// The completions by kind; nil when they are too many to be classes under any answers.
    var classes: ClassTable?

    /// Rows that every repair treats alike.
    struct Tally: Sendable {
        var rows = RowList()
        var samples: [Sample] = []
    }

    /// A row kept for showing; very long texts are cut in the middle.
    struct Sample: Sendable {
        let row: Int
        let prompt: [UInt8]
        let completion: [UInt8]

        init(_ pair: Pair) {
            row = pair.row
            prompt = Self.clipped(pair.prompt)
            completion = Self.clipped(pair.completion)
        }

        private static func clipped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
            let half = 2000
            guard text.count > 2 * half + 100 else { return Array(text) }
            var head = half
            while head > 0, text[head] & 0xc0 == 0x80 { head -= 1 }
            var tail = text.count - half
            while tail < text.count, text[tail] & 0xc0 == 0x80 { tail += 1 }
            return Array(text[..<head]) + Array(" … ".utf8) + Array(text[tail...])
        }
    }

    /// What the repairs would do to a row, one bit for each thing that differs between rows.
    struct Signature: OptionSet, Hashable, Sendable {
        let rawValue: UInt16
        static let count = 1024
        static let duplicate = Signature(rawValue: 1)
        static let long = Signature(rawValue: 2)
        static let unclean = Signature(rawValue: 4)
        static let upperPrompt = Signature(rawValue: 8)
        static let upperCompletion = Signature(rawValue: 16)
        /// Nothing is left of the completion without the common prefix.
        static let emptied = Signature(rawValue: 32)
        static let spaced = Signature(rawValue: 64)
        /// The completion begins with a space once the common prefix is removed.
        static let spacedLater = Signature(rawValue: 128)
        static let near = Signature(rawValue: 256)
        static let tooLong = Signature(rawValue: 512)
    }

    // MARK: - What is offered

    var offersLong: Bool { task != .openEnded && longRows.count > 0 }
    var offersSeparator: Bool { task != .openEnded && promptSuffix.isEmpty }
    var offersPromptPrefix: Bool { !promptsAreSame && scalars(promptPrefix) > 12 }
    var offersCompletionPrefix: Bool { !completionsAreSame && scalars(completionPrefix) >= 5 }
    var offersEnding: Bool { task == .conditional && completionSuffix.isEmpty }

    /// The part of a common suffix that is a mark rather than the end of a word; lower-casing leaves it alone.
    var protectedPromptEnd: Int { task == .openEnded ? 0 : markLength(promptSuffix) }
    var protectedCompletionEnd: Int { task == .conditional ? markLength(completionSuffix) : 0 }

    private func markLength(_ suffix: [UInt8]) -> Int {
        let isWord: (UInt8) -> Bool = { $0 >= 0x80 || $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 }
        return suffix.count - (suffix.firstIndex { !isWord($0) } ?? suffix.count)
    }
}

/// Code points of a text.
func scalars(_ text: [UInt8]) -> Int {
    text.withUnsafeBufferPointer { scalarCount($0) }
}
