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
            metadata: ["state": json, "checksum": Self.checksum(parts.map { $0.1.values.bytes })], to: path(state.step))
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
        let shape = [adapter.layout.count]
        let parts = [("adapter", adapter), ("m", optimizer.m), ("v", optimizer.v)]
        var bytes: [UnsafeRawBufferPointer] = []
        for (name, _) in parts { bytes.append(try file.bytes(name, shape: shape)) }
        // Checked before anything is copied: a damaged file must leave the adapter as it was.
        guard Self.checksum(bytes) == checksum else { return nil }
        for (name, part) in parts { try file.copy(name, shape: shape, to: part.values) }
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

    private static func checksum(_ parts: [UnsafeRawBufferPointer]) -> String {
        parts.reduce(into: Fingerprint()) { $0.combine($1) }.text
    }
}
