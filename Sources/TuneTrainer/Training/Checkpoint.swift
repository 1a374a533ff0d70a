import Foundation

/// Everything that a run needs to go on as if it had never stopped.
///
/// Two are kept, so that a damaged newest one falls back to the one before.
struct Checkpoint {
    /// What is not numbers by the million.
    struct State: Codable, Hashable {
        /// Of plan, data and base model: a checkpoint of other work is not taken up.
        var fingerprint: String
        /// Updates made.
        var step: Int
        var elapsedTokens: Int
        var elapsedExamples: Int
        var trainedTokens: Int
        /// The best validation loss so far, and the step that had it.
        var bestLoss: Double?
        var bestStep: Int?
    }

    let folder: String
    private static let kept = 2

    /// Writes adapter, moments and state, then removes all but the newest two.
    func write(_ state: State, _ adapter: Adapter, _ optimizer: AdamW) throws(TrainerError) {
        try AtomicFile.makeFolder(folder)
        let parts = [("adapter", adapter), ("m", optimizer.m), ("v", optimizer.v)]
        let json = String(decoding: try! JSONEncoder().encode(state), as: UTF8.self)
        try Safetensors.write(
            parts.map { (name: $0.0, shape: [$0.1.values.count], values: $0.1.values) },
            metadata: ["state": json, "checksum": Self.checksum(parts.map(\.1))], to: path(state.step))
        for step in steps().dropLast(Self.kept) { unlink(path(step)) }
    }

    /// Restores the newest whole checkpoint that belongs to this run; nil when there is none.
    func restore(_ adapter: Adapter, _ optimizer: AdamW, fingerprint: String) -> State? {
        for step in steps().reversed() {
            if let state = try? read(path(step), adapter, optimizer, fingerprint) { return state }
        }
        return nil
    }

    // MARK: -

    private func read(
        _ path: String, _ adapter: Adapter, _ optimizer: AdamW, _ fingerprint: String
    ) throws(TrainerError) -> State? {
        let file = try Safetensors(path: path)
        guard let json = file.metadata["state"], let checksum = file.metadata["checksum"],
            let state = try? JSONDecoder().decode(State.self, from: Data(json.utf8)), state.fingerprint == fingerprint
        else { return nil }
        // Into fresh memory first: a damaged file must leave the adapter as it was.
        let layout = adapter.layout
        let parts = [("adapter", Adapter(layout)), ("m", Adapter(layout)), ("v", Adapter(layout))]
        for (name, part) in parts { try file.copy(name, shape: [layout.count], to: part.values) }
        guard Self.checksum(parts.map(\.1)) == checksum else { return nil }
        adapter.values.copy(from: parts[0].1.values)
        optimizer.m.values.copy(from: parts[1].1.values)
        optimizer.v.values.copy(from: parts[2].1.values)
        optimizer.step = state.step
        return state
    }

    private func path(_ step: Int) -> String { "\(folder)/step-\(step).safetensors" }

    /// Steps with a checkpoint, rising.
    private func steps() -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
            return Int(name.dropFirst(5).dropLast(12))
        }.sorted()
    }

    private static func checksum(_ parts: [Adapter]) -> String {
        let hash = parts.reduce(into: Fingerprint()) { hash, part in
            hash.combine(UnsafeRawBufferPointer(start: part.values.base, count: part.values.count * 4))
        }
        return hash.text
    }
}
