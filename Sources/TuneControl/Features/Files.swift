public import TuneModel

/// The files that a service, or the workspace, keeps.
public enum Files {
    public enum Phase: Hashable, Sendable {
        case unread
        case reading
        case read
        case failed(Explanation)
    }

    /// A file on its way.
    public struct Upload: Hashable, Sendable {
        public let service: ServiceName?
        public let path: String
        public var progress: TransferProgress?

        /// The file's name without its folder.
        public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    }

    public struct State: Hashable, Sendable {
        /// Whose files these are; nil is this machine's workspace.
        public var service: ServiceName?
        public var files: [StoredFile] = []
        public var list = ListState()
        public var phase = Phase.unread
        public var upload: Upload?

        public init() {}

        public var selected: StoredFile? { list.selected.map { files[$0] } }
    }

    public enum Action: Hashable, Sendable {
        /// The screen comes into view, for a service.
        case opened(ServiceName?)
        case refreshed
        case arrived(ServiceName?, [StoredFile])
        case failed(ServiceName?, Explanation)
        case moved(Motion, rows: Int)
        case uploadStarted(ServiceName?, path: String)
        case uploadProgressed(TransferProgress)
        case uploaded(ServiceName?, StoredFile)
        case uploadEnded
        case deleted(ServiceName?, FileID)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .opened(let service):
            if service != state.service {
                // What another service keeps must not be taken for this one's.
                state.service = service
                state.show([], selecting: nil)
                state.phase = .unread
            }
            return read(&state)
        case .refreshed:
            return read(&state)
        case .arrived(let service, let files):
            guard service == state.service else { return [] }
            state.phase = .read
            state.show(files, selecting: state.selected?.id)
        case .failed(let service, let why):
            if service == state.service { state.phase = .failed(why) }
        case .moved(let motion, let rows):
            state.list.move(motion, rows: rows)
        case .uploadStarted(let service, let path):
            guard state.upload == nil else { return [] }
            state.upload = Upload(service: service, path: path)
            return [.uploadFile(service, path: path)]
        case .uploadProgressed(let progress):
            state.upload?.progress = progress
        case .uploaded(let service, let file):
            guard service == state.service else { return [] }
            state.phase = .read
            state.show([file] + state.files.filter { $0.id != file.id }, selecting: file.id)
        case .uploadEnded:
            state.upload = nil
        case .deleted(let service, let id):
            guard service == state.service else { return [] }
            state.show(state.files.filter { $0.id != id }, selecting: state.selected?.id)
        }
        return []
    }

    private static func read(_ state: inout State) -> [Effect] {
        // A list that is there stays until the newer one comes.
        if state.phase != .read { state.phase = .reading }
        return [.loadFiles(state.service)]
    }
}

extension Files.State {
    fileprivate mutating func show(_ files: [StoredFile], selecting id: FileID?) {
        self.files = files
        list.resize(to: files.count)
        if let id, let index = files.firstIndex(where: { $0.id == id }) { list.select(index) }
    }
}
