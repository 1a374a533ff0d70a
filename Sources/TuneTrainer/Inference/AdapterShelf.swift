import Synchronization
import TuneModel

/// The adapters of one base model that were asked last, read from their folders when they are first asked.
final class AdapterShelf: Sendable {
    private let config: LlamaConfig
    /// Bytes that are kept, but for the one asked last.
    private let limit: Int
    private let shelf = Mutex(Shelf())

    private struct Shelf {
        /// Those asked last come last.
        var adapters: [ServedAdapter] = []
    }

    init(_ config: LlamaConfig, limit: Int) {
        self.config = config
        self.limit = limit
    }

    /// Bytes of all adapters that are kept.
    var byteCount: Int { shelf.withLock { $0.adapters.reduce(0) { $0 + $1.byteCount } } }

    /// The adapter of a folder; read again where its file is not the one that was read before.
    func adapter(_ folder: String) throws(TrainerError) -> ServedAdapter {
        let stamp = FileStamp(of: "\(folder)/\(AdapterFile.weightsName)")
        let identity = "\(folder)\u{0}\(stamp.map { "\($0)" } ?? "")"
        let result = shelf.withLock { shelf in
            Result { () throws(TrainerError) in
                if let place = shelf.adapters.firstIndex(where: { $0.identity == identity }) {
                    shelf.adapters.append(shelf.adapters.remove(at: place))
                } else {
                    let read = try AdapterFile.read(folder, for: config)
                    shelf.adapters.append(ServedAdapter(read, identity: identity, layers: config.layers))
                }
                while shelf.adapters.count > 1, shelf.adapters.reduce(0, { $0 + $1.byteCount }) > limit {
                    shelf.adapters.removeFirst()
                }
                return shelf.adapters.last!
            }
        }
        return try result.get()
    }
}
