import Foundation
public import TuneModel

/// Where everything of a workspace lies.
///
/// `$TUNEDECK_HOME` keeps it all in one folder; without it the XDG folders are used, each with a `tunedeck` in it.
public struct Paths: Hashable, Sendable {
    /// Settings that a person writes: `config.toml`, `keymap.toml`, `themes/`.
    public let config: String
    /// The database, files, models, jobs and edits.
    public let data: String
    /// Logs and locks.
    public let state: String
    /// What can be fetched or computed again.
    public let cache: String

    public init(config: String, data: String, state: String, cache: String) {
        self.config = config
        self.data = data
        self.state = state
        self.cache = cache
    }

    /// All four under one folder, as `$TUNEDECK_HOME` asks for.
    public init(home: String) {
        self.init(config: home, data: home, state: home + "/state", cache: home + "/cache")
    }

    /// The folders that the environment asks for; relative ones count from the current folder.
    public init(environment: [String: String]) throws(StoreError) {
        func absolute(_ path: String) -> String {
            URL(filePath: path).standardizedFileURL.path(percentEncoded: false).trimmingTrailingSlash
        }
        if let home = environment["TUNEDECK_HOME"], !home.isEmpty {
            self.init(home: absolute(home))
            return
        }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        func folder(_ variable: String, _ fallback: String) throws(StoreError) -> String {
            // The XDG specification says that relative values are to be ignored.
            if let chosen = environment[variable], chosen.hasPrefix("/") { return absolute(chosen) + "/tunedeck" }
            guard let home else { throw .noHome }
            return absolute(home) + "/" + fallback + "/tunedeck"
        }
        self.init(
            config: try folder("XDG_CONFIG_HOME", ".config"), data: try folder("XDG_DATA_HOME", ".local/share"),
            state: try folder("XDG_STATE_HOME", ".local/state"), cache: try folder("XDG_CACHE_HOME", ".cache"))
    }

    /// What other processes of this workspace need in their environment.
    public var environment: [String: String] { config == data ? ["TUNEDECK_HOME": data] : [:] }

    public var configFile: String { config + "/config.toml" }
    public var keymapFile: String { config + "/keymap.toml" }
    public var themes: String { config + "/themes" }
    public var database: String { data + "/workspace.db" }
    public var files: String { data + "/files" }
    public var models: String { data + "/models" }
    public var jobs: String { data + "/jobs" }
    public var edits: String { data + "/edits" }
    public var evaluations: String { data + "/evaluations" }
    public var workerLock: String { state + "/worker.lock" }
    public var workerLog: String { state + "/worker.log" }

    /// The bytes of an uploaded file.
    public func file(_ id: FileID) -> String { files + "/" + id.text }
    /// The folder of one job.
    public func job(_ id: JobID) -> String { jobs + "/" + id.text }
    /// The folder of one base model.
    public func model(_ name: String) -> String { models + "/" + name }

    /// Makes the folders that do not exist yet, readable by their owner only.
    public func makeFolders() throws(StoreError) {
        for folder in [config, data, state, cache, files, models, jobs, edits] { try Folder.make(folder) }
    }
}

extension String {
    fileprivate var trimmingTrailingSlash: String {
        count > 1 && hasSuffix("/") ? String(dropLast()) : self
    }
}
