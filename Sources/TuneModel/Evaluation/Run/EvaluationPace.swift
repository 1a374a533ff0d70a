/// How long an evaluation will still take, from how long its stages took so far.
struct EvaluationPace {
    private struct Work {
        /// Records to do in all, done, and seconds at work.
        var total = 0
        var done = 0
        var seconds = 0.0
    }

    private var losses = Work()
    private var answers = Work()
    private var judging = Work()

    /// How much longer a record takes in one stage than in another, as long as nothing is known.
    private static let weights = (losses: 1.0, answers: 6.0, judging: 3.0)

    init(losses: Int, answers: Int, judging: Int) {
        self.losses.total = losses
        self.answers.total = answers
        self.judging.total = judging
    }

    mutating func note(_ stage: EvaluationProgress.Stage, done: Int, seconds: Double) {
        func add(_ work: inout Work) {
            work.done += done
            work.seconds += seconds
        }
        switch stage {
        case .losses: add(&losses)
        case .answers: add(&answers)
        case .judging: add(&judging)
        }
    }

    private var works: [(work: Work, weight: Double)] {
        [(losses, Self.weights.losses), (answers, Self.weights.answers), (judging, Self.weights.judging)]
    }

    /// Seconds that a record of weight 1 takes; nil before anything was done.
    private var unit: Double? {
        let weight = works.reduce(0) { $0 + Double($1.work.done) * $1.weight }
        return weight > 0 ? works.reduce(0) { $0 + $1.work.seconds } / weight : nil
    }

    /// Nil before anything was done.
    var secondsLeft: Double? {
        guard let unit else { return nil }
        return works.reduce(0) { sum, entry in
            let each = entry.work.done > 0 ? entry.work.seconds / Double(entry.work.done) : unit * entry.weight
            return sum + Double(entry.work.total - entry.work.done) * each
        }
    }

    /// Of the whole, 0 to 1, by time as far as it is known.
    var share: Double {
        let spent = works.reduce(0) { $0 + $1.work.seconds }
        guard let left = secondsLeft, spent + left > 0 else { return 0 }
        return spent / (spent + left)
    }
}
