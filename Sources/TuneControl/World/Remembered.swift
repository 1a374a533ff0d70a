/// What the dashboard finds again at its next start.
public struct Remembered: Hashable, Codable, Sendable {
    public struct OpenFile: Hashable, Codable, Sendable {
        public var path: String
        /// The row under the cursor, counted from 0.
        public var row: Int
        /// The filter as it was typed; nil for none.
        public var filter: String?
        /// What the rows were sorted by; nil for the order of the file.
        public var order: String?
        public var isDescending: Bool?

        public init(
            path: String, row: Int, filter: String? = nil, order: String? = nil, isDescending: Bool? = nil
        ) {
            self.path = path
            self.row = row
            self.filter = filter
            self.order = order
            self.isDescending = isDescending
        }
    }

    public var tab: Tab
    public var files: [OpenFile]
    /// The file on show.
    public var current: String?
    /// The model asked last.
    public var model: String?
    public var showsWhitespace: Bool
    /// How models are asked; nil for what an older version remembered.
    public var answering: AnswerSettings?
    /// The models compared last.
    public var compared: [String]?

    public init(
        tab: Tab = .data, files: [OpenFile] = [], current: String? = nil, model: String? = nil,
        showsWhitespace: Bool = false, answering: AnswerSettings? = nil, compared: [String]? = nil
    ) {
        self.tab = tab
        self.files = files
        self.current = current
        self.model = model
        self.showsWhitespace = showsWhitespace
        self.answering = answering
        self.compared = compared
    }
}

/// Keeps what is remembered between two runs of the program.
public struct MemoryClient: Sendable {
    /// Nil at the first start.
    public var load: @Sendable () async throws -> Remembered?
    public var save: @Sendable (Remembered) async throws -> Void

    public init(
        load: @escaping @Sendable () async throws -> Remembered?,
        save: @escaping @Sendable (Remembered) async throws -> Void
    ) {
        self.load = load
        self.save = save
    }
}
