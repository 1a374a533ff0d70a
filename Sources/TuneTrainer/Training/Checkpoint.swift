import Foundation

/// Everything that a run needs to go on as if it had never stopped.
///
/// Two are kept, so that a damaged newest one falls back to the one before. The adapter of the best validation lies
/// beside them, under the step that made it, as long as one of the two speaks of it.
struct Checkpoint {
    /// What is not numbers by the million.
    struct State: Codable, Hashable {
        /// Of plan, data and base model: a checkpoint of other work is not taken up.
        var fingerprint: String
        /// Updates made.
        var step = 0
        var elapsedTokens = 0
        var elapsedExamples = 0
        var trainedTokens = 0
        var validation = ValidationState()
        /// Whether the run was asked to end here and deliver.
        var isKept = false
    }

    let folder: String
    private static let kept = 2

    /// Writes state and numbers, then removes all but the newest two, and best adapters that neither speaks of.
    func write(_ state: State, _ numbers: SealedFile.Parts) throws(TrainerError) {
        try AtomicFile.makeFolder(folder)
        let json = String(decoding: try! JSONEncoder().encode(state), as: UTF8.self)
        try SealedFile.write(numbers, text: json, to: path(state.step))
        for step in steps("step-").dropLast(Self.kept) { unlink(path(step)) }
        removeBest(but: state.validation.best?.step)
    }

    /// Restores the newest whole checkpoint that belongs to this run and whose best adapter is whole, too; nil when
    /// there is none. Those that cannot be used are removed: they would count as the newest.
    func restore(_ numbers: SealedFile.Parts, fingerprint: String) -> State? {
        let shapes = numbers.map { (name: $0.key, rows: $0.value.rows, columns: $0.value.columns) }
        for step in steps("step-").reversed() {
            if let file = SealedFile(path: path(step), parts: shapes), let state = Self.state(file.text),
                state.fingerprint == fingerprint, state.step == step, hasBest(of: state, shapes[0])
            {
                for (name, values) in numbers { file.copy(name, to: values) }
                return state
            }
            unlink(path(step))
        }
        for step in steps("best-") { unlink(bestPath(step)) }
        return nil
    }

    /// Writes the adapter of a validation that was the best so far.
    func writeBest(_ values: Matrix, step: Int) throws(TrainerError) {
        try AtomicFile.makeFolder(folder)
        try SealedFile.write(["adapter": values], text: "\(step)", to: bestPath(step))
        removeBest(but: step)
    }

    /// Reads it back; false when the file is not whole any more.
    func readBest(_ step: Int, into values: Matrix) -> Bool {
        guard let file = openBest(step, rows: values.rows, columns: values.columns) else { return false }
        file.copy("adapter", to: values)
        return true
    }

    // MARK: -

    private func hasBest(of state: State, _ adapter: (name: String, rows: Int, columns: Int)) -> Bool {
        guard let best = state.validation.best else { return true }
        return openBest(best.step, rows: adapter.rows, columns: adapter.columns) != nil
    }

    private func openBest(_ step: Int, rows: Int, columns: Int) -> SealedFile? {
        SealedFile(path: bestPath(step), parts: [(name: "adapter", rows: rows, columns: columns)])
    }

    /// Best adapters that no kept checkpoint speaks of, nor the run at work.
    private func removeBest(but step: Int?) {
        let found = steps("best-")
        guard found.count > 1 else { return }
        let spoken = steps("step-").compactMap { checkpoint in
            SealedFile.text(of: path(checkpoint)).flatMap(Self.state)?.validation.best?.step
        }
        for other in found where other != step && !spoken.contains(other) { unlink(bestPath(other)) }
    }

    private static func state(_ text: String) -> State? {
        try? JSONDecoder().decode(State.self, from: Data(text.utf8))
    }

    private func path(_ step: Int) -> String { "\(folder)/step-\(step).safetensors" }
    private func bestPath(_ step: Int) -> String { "\(folder)/best-\(step).safetensors" }

    /// Steps with a file of that kind, rising.
    private func steps(_ prefix: String) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix(prefix), name.hasSuffix(".safetensors") else { return nil }
            return Int(name.dropFirst(prefix.count).dropLast(".safetensors".count))
        }.sorted()
    }
}
