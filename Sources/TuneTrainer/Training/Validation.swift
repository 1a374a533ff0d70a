import TuneModel

/// What a run knows of its validations.
struct ValidationState: Codable, Hashable {
    struct Best: Codable, Hashable {
        var step: Int
        var loss: Double
    }

    var best: Best?
    /// The newest one's step.
    var step: Int?
    /// Validations since the best.
    var withoutProgress = 0

    /// Takes in a result; true when it is the best so far.
    mutating func absorb(_ loss: Double, after step: Int) -> Bool {
        self.step = step
        guard loss < best?.loss ?? .infinity else {
            withoutProgress += 1
            return false
        }
        best = Best(step: step, loss: loss)
        withoutProgress = 0
        return true
    }
}

/// Looks at the model from time to time: on held-out records if there are any, and through sample answers.
struct Validation {
    /// Held-out records that one validation looks at, at most.
    static let limit = 256

    let examples: [Example]
    let totalSteps: Int
    /// Steps between two looks.
    let interval: Int
    /// Validations without a better loss that end the run; nil never does.
    let patience: Int?

    init(_ examples: [Example], _ hyperparameters: Hyperparameters, totalSteps: Int) {
        self.examples = examples
        self.totalSteps = totalSteps
        interval = max(1, hyperparameters.evalInterval(totalSteps: totalSteps))
        patience = hyperparameters.patience.map { max(1, $0) }
    }

    var isEmpty: Bool { examples.isEmpty }

    /// At every interval, and at the run's end.
    func isDue(after step: Int) -> Bool { step > 0 && (step % interval == 0 || step == totalSteps) }

    /// Looks that are still to come after a step.
    func count(after step: Int) -> Int {
        guard step < totalSteps else { return 0 }
        return totalSteps / interval - step / interval + (totalSteps % interval == 0 ? 0 : 1)
    }

    func isOutOfPatience(_ state: ValidationState) -> Bool {
        patience.map { state.withoutProgress >= $0 } ?? false
    }
}
