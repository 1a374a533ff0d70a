/// What the dashboard finds again at its next start.
public struct Remembered: Hashable, Codable, Sendable {
    public struct OpenFile: Hashable, Codable, Sendable {
        public var path: String
        /// The row under the cursor, counted from 0.
        public var row: Int

        public init(path: String, row: Int) {
            self.path = path
            self.row = row
        }
    }

    public var tab: Tab
    public var files: [OpenFile]
    /// The file on show.
    public var current: String?
    /// The model asked last.
    public var model: String?
    public var showsWhitespace: Bool

    public init(
        tab: Tab = .data, files: [OpenFile] = [], current: String? = nil, model: String? = nil,
        showsWhitespace: Bool = false
    ) {
        self.tab = tab
        self.files = files
        self.current = current
        self.model = model
        self.showsWhitespace = showsWhitespace
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
