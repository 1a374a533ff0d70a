/// What `keymap.toml` says, however it was read.
///
///     preset = "emacs"
///     job.follow = ["f", "<c-f>"]      # wherever the action has keys
///     jobs.job.follow = "f"            # in one scope alone; `[jobs]` above it does the same
///     record.delete = []               # no key at all
nonisolated public struct KeymapFile: Hashable, Sendable {
    /// A line: an action, perhaps with a scope before it, and its keys.
    nonisolated public struct Entry: Hashable, Sendable {
        /// `job.follow`, or `jobs.job.follow`.
        public let name: String
        public let keys: [String]
        /// Counted from 1.
        public let line: Int

        public init(name: String, keys: [String], line: Int) {
            self.name = name
            self.keys = keys
            self.line = line
        }
    }

    /// The keys to begin with.
    nonisolated public struct Preset: Hashable, Sendable {
        public let name: String
        public let line: Int

        public init(name: String, line: Int) {
            self.name = name
            self.line = line
        }
    }

    /// Where it was read, as problems name it.
    public let path: String
    public var preset: Preset?
    public var entries: [Entry]

    public init(path: String, preset: Preset? = nil, entries: [Entry] = []) {
        self.path = path
        self.entries = entries
        self.preset = preset
    }
}

/// Finds the lines of a TOML file on which names are told, which its reader does not keep.
nonisolated public struct KeymapLines {
    private var lines: [String: Int] = [:]

    public init(_ text: String) {
        var section = ""
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimming { $0.isWhitespace }
            if line.hasPrefix("[") {
                section = Self.plain(line.prefix { $0 != "]" }.drop { $0 == "[" }) + "."
            } else if !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") {
                let name = section + Self.plain(line[..<equals])
                if lines[name] == nil { lines[name] = index + 1 }
            }
        }
    }

    /// The line of a whole name; for one inside a table written on one line, that of the table; else 1.
    public func line(of name: String) -> Int {
        var name = name[...]
        while true {
            if let line = lines[String(name)] { return line }
            guard let dot = name.lastIndex(of: ".") else { return 1 }
            name = name[..<dot]
        }
    }

    // MARK: -

    private static func plain(_ text: Substring) -> String {
        String(text.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
    }
}

nonisolated extension Substring {
    fileprivate func trimming(_ drops: (Character) -> Bool) -> Substring {
        var rest = drop(while: drops)
        while let last = rest.last, drops(last) { rest.removeLast() }
        return rest
    }
}
