/// How a file is to be read where its name and content do not say, or say it wrong.
public struct ReadingOptions: Hashable, Sendable {
    /// What tells the format of a file.
    public enum Recognition: Sendable {
        /// The ending of its name, as with the classic tool: other endings are refused.
        case byName
        /// Its content where that leaves no doubt, else the ending.
        case byContent
    }

    /// The format, where it was told; nothing is recognised then.
    public var format: Format?
    public var columns: Columns
    public var recognition: Recognition

    public init(format: Format? = nil, columns: Columns = .standard, recognition: Recognition = .byContent) {
        self.format = format
        self.columns = columns
        self.recognition = recognition
    }
}
