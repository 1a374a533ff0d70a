import Foundation

/// A person's judgement of the answers that several models gave to one prompt.
public struct Vote: Hashable, Sendable {
    /// What was found.
    public enum Verdict: Hashable, Sendable {
        /// The place among the models, from 0.
        case best(Int)
        case tie
        case noneGood
    }

    public let prompt: String
    /// Two or more, each once.
    public let models: [String]
    /// In the order of the models.
    public let answers: [String]
    public let verdict: Verdict
    /// Whether the names were hidden until the vote.
    public let isBlind: Bool

    public init(prompt: String, models: [String], answers: [String], verdict: Verdict, isBlind: Bool) {
        precondition(models.count == answers.count, "an answer of each model")
        self.prompt = prompt
        self.models = models
        self.answers = answers
        self.verdict = verdict
        self.isBlind = isBlind
    }

    /// Nil where none was better than the others.
    public var winner: String? {
        guard case .best(let place) = verdict, models.indices.contains(place) else { return nil }
        return models[place]
    }
}

/// How often each of several models was found the best.
public struct VoteTally: Hashable, Sendable {
    /// What became of one model.
    public struct Line: Hashable, Sendable, Identifiable {
        public let model: String
        public var won = 0
        public var lost = 0
        public var tied = 0
        /// Votes that found no answer good.
        public var noneGood = 0

        public var id: String { model }
        public var votes: Int { won + lost + tied + noneGood }
        /// Of the votes with a winner, the share that it won, 0 to 1; nil when there are none.
        public var winRate: Double? { won + lost == 0 ? nil : Double(won) / Double(won + lost) }
    }

    /// The highest win rate first, then the most votes.
    public let lines: [Line]

    /// - Parameter field: counts only the votes between exactly these models; nil counts all.
    public init(_ votes: [Vote], among field: Set<String>? = nil) {
        var lines: [String: Line] = [:]
        for model in field ?? [] { lines[model] = Line(model: model) }
        for vote in votes where field == nil || Set(vote.models) == field {
            for model in vote.models {
                var line = lines[model] ?? Line(model: model)
                switch vote.verdict {
                case .best: if vote.winner == model { line.won += 1 } else { line.lost += 1 }
                case .tie: line.tied += 1
                case .noneGood: line.noneGood += 1
                }
                lines[model] = line
            }
        }
        self.lines = lines.values.sorted {
            ($1.winRate ?? -1, $1.votes, $0.model) < ($0.winRate ?? -1, $0.votes, $1.model)
        }
    }

    public subscript(model: String) -> Line? { lines.first { $0.model == model } }
}
