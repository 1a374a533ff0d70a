public import TuneModel

/// A dialog that asks for one line.
public enum LinePrompt {
    /// What the line is for.
    public enum Purpose: Hashable, Sendable {
        case filter
        /// The number of a row to go to.
        case jump
        case tag
        /// The name of a file to save to.
        case saveAs
        /// Letters that the records of an evaluation have to have.
        case evaluationFilter
        /// The name of a file to write an evaluation's report to.
        case report
        /// The name of a file to write a stored file's content to.
        case saveFile(FileID)
        /// The name of a file to draw a chart into.
        case chart
    }

    public struct State: Hashable, Sendable {
        public let purpose: Purpose
        public var line: TextBuffer
        /// Why the line cannot be used.
        public var problem: Explanation?
        /// What can be written: a word and its meaning.
        public let hints: [Hint]

        public init(_ purpose: Purpose, text: String = "", hints: [Hint] = []) {
            self.purpose = purpose
            line = TextBuffer(text)
            self.hints = hints
        }
    }

    public struct Hint: Hashable, Sendable {
        public let word: String
        public let meaning: Wording

        public init(_ word: String, _ meaning: Wording) {
            self.word = word
            self.meaning = meaning
        }
    }
}
