public import Foundation

/// Jobs side by side: what was set differently, and what came of it.
public struct JobComparison: Hashable, Sendable {
    /// What a job has come to. Nil where it has nothing to tell.
    public struct Figures: Hashable, Sendable {
        public var steps: Int
        /// Mean of the last tenth of the steps, since single steps are noisy.
        public var trainingLoss: Double
        public var lowestTrainingLoss: Double
        /// Of the last validation, and of the best one.
        public var validationLoss: Double?
        public var bestValidationLoss: Double?
        public var bestStep: Int?
        /// Of the best validation; without any, the mean of the last tenth of the training steps.
        public var tokenAccuracy: Double?
        public var sequenceAccuracy: Double?
        public var tokensPerSecond: Double?
    }

    public struct Row: Hashable, Sendable {
        public let job: Job
        /// What differs, in the order of `names`; nil where the run has no such setting.
        public let settings: [String?]
        public let figures: Figures?
        /// From the start to the end, or to now.
        public let seconds: Double?
        public let isBest: Bool
    }

    /// The settings that are not the same in all jobs.
    public let names: [SettingName]
    public let rows: [Row]
    /// Whether the best job is told by validation loss; else by training loss.
    public let isValidated: Bool

    public init(_ jobs: [(job: Job, steps: [StepMetrics])], now: Date) {
        let names = SettingName.varied(in: jobs.map(\.job))
        let figures = jobs.map { Figures($0.steps) }
        let told = figures.compactMap(\.self)
        let isValidated = !told.isEmpty && told.allSatisfy { $0.bestValidationLoss != nil }
        let scores = figures.map { figures -> Double in
            guard let figures else { return .infinity }
            let score = isValidated ? figures.bestValidationLoss ?? .infinity : figures.trainingLoss
            return score.isNaN ? .infinity : score
        }
        let best = told.count > 1 ? scores.indices.filter { scores[$0].isFinite }.min { scores[$0] < scores[$1] } : nil
        self.names = names
        self.isValidated = isValidated
        rows = jobs.indices.map { index in
            let job = jobs[index].job
            let end = job.finishedAt ?? (job.status == .running ? now : nil)
            return Row(
                job: job, settings: names.map { $0.text(of: job) }, figures: figures[index],
                seconds: job.startedAt.flatMap { start in end?.timeIntervalSince(start) }, isBest: index == best)
        }
    }
}

extension JobComparison.Figures {
    fileprivate init?(_ steps: [StepMetrics]) {
        guard let last = steps.last else { return nil }
        let tail = steps.suffix(max(1, steps.count / 10))
        func mean(of steps: some Sequence<StepMetrics>, _ value: (StepMetrics) -> Double?) -> Double? {
            let values = steps.compactMap(value)
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        self.steps = last.step
        trainingLoss = mean(of: tail, \.trainingLoss) ?? .nan
        lowestTrainingLoss = steps.map(\.trainingLoss).filter(\.isFinite).min() ?? .nan
        let best = steps.filter { $0.validationLoss?.isFinite == true }
            .min { $0.validationLoss ?? .infinity < $1.validationLoss ?? .infinity }
        validationLoss = steps.last { $0.validationLoss != nil }?.validationLoss
        bestValidationLoss = best?.validationLoss
        bestStep = best?.step
        tokenAccuracy = best?.validationTokenAccuracy ?? mean(of: tail, \.trainingTokenAccuracy)
        sequenceAccuracy = best?.validationSequenceAccuracy ?? mean(of: tail, \.trainingSequenceAccuracy)
        tokensPerSecond = mean(of: steps, \.tokensPerSecond)
    }
}

extension SettingName {
    /// The settings in which these jobs differ; not what only follows from another setting.
    public static func varied(in jobs: [Job]) -> [SettingName] {
        let varied = allCases.filter { name in Set(jobs.map { name.text(of: $0) }).count > 1 }
        // Left open, alpha is twice the rank.
        guard varied.contains(.loraRank), jobs.allSatisfy({ $0.request.loraAlpha == nil }) else { return varied }
        return varied.filter { $0 != .loraAlpha }
    }

    /// The setting that a job runs with; before it has begun, what was asked for.
    public func text(of job: Job) -> String? {
        // The multiplier is in the learning rate once that is settled.
        job.hyperparameters.flatMap { text(in: $0) } ?? text(in: job.request)
    }
}
