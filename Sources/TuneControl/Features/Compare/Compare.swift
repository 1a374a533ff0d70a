public import TuneModel

/// One prompt, and what several models answer to it at once; a person says which is the best.
public enum Compare {
    /// How many models can stand side by side.
    public static let field = 2...4

    /// The record of a dataset that the prompt comes from.
    public struct Source: Hashable, Sendable {
        public let path: String
        /// From 0.
        public let row: Int
        /// The turns before its question.
        let context: [Message]
        let question: String
        /// What the record answers.
        public let expected: String
    }

    public struct State: Hashable, Sendable {
        /// As they were chosen.
        public internal(set) var models: [String] = []
        /// What those that were trained started from.
        var bases: [String: String] = [:]
        /// What is known of how they want to be asked.
        var hints: [String: AskHints] = [:]
        public var prompt = TextBuffer(allowsNewlines: true)
        public var isTyping = true
        public internal(set) var source: Source?
        public internal(set) var showsExpected = false
        /// Whether names are hidden until there is a vote, and the order is drawn.
        public internal(set) var isBlind = true
        /// What the answers are answers to.
        public internal(set) var question = ""
        /// In the order of the screen.
        public internal(set) var sides: [AnswerSide] = []
        /// What waits for its order.
        var undrawn: [AnswerSide] = []
        /// Whether the names of these answers have been seen before the vote.
        var isRevealed = false
        /// Its place is one of the screen.
        public internal(set) var verdict: Vote.Verdict?
        /// Every vote of the workspace, oldest first.
        public internal(set) var votes: [Vote] = []
        public internal(set) var focus = 0
        public internal(set) var isZoomed = false
        /// The first row shown of an answer, by its place; without one it is followed while it comes.
        public internal(set) var tops: [Int: Int] = [:]
        public internal(set) var odds: Odds?

        public init() {}

        /// How many columns there are.
        public var places: Int { sides.isEmpty ? models.count : sides.count }
        public var isAnswering: Bool { !undrawn.isEmpty || sides.contains(where: \.isOpen) }
        /// Whether the names of the answers are hidden now.
        public var isHidden: Bool { isBlind && !isRevealed && verdict == nil && !sides.isEmpty }
        public func side(at place: Int) -> AnswerSide? { sides.indices.contains(place) ? sides[place] : nil }

        /// The places whose answers can be voted on: those that failed or were broken off before a word are left out.
        public var contenders: [Int] {
            sides.indices.filter { sides[$0].isCorrectable && !sides[$0].isOpen && !sides[$0].hasFailed }
        }

        public var canVote: Bool { verdict == nil && !isAnswering && contenders.count >= Compare.field.lowerBound }
        /// How these models have fared against each other.
        public var tally: VoteTally { VoteTally(votes, among: Set(models)) }

        /// The answer in focus, when it can be made a record.
        public var correctable: AnswerSide? { side(at: focus).flatMap { $0.isCorrectable ? $0 : nil } }

        /// The best answer and one that it beat: that in focus, else the next one; nil without a winner.
        var pair: (better: AnswerSide, worse: AnswerSide)? {
            guard case .best(let best) = verdict, sides.indices.contains(best) else { return nil }
            let others = contenders.filter { $0 != best }
            guard let worse = others.first(where: { $0 == focus }) ?? others.first(where: { $0 > best }) ?? others.first
            else { return nil }
            return (sides[best], sides[worse])
        }

        /// How a model wants to be asked. A base is asked as those trained from it are, so that both get the same.
        public func hints(for model: String) -> AskHints? {
            hints[model] ?? models.lazy.filter { bases[$0] == model }.compactMap { hints[$0] }.first
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case typingChanged(Bool)
        case modelsChosen([String], bases: [String: String])
        case hintsArrived(model: String, AskHints?)
        case asked(AnswerSettings)
        /// The order of the answers on the screen, as places among the models.
        case drawn([Int])
        case arrived(place: Int, AnswerPart)
        case failed(place: Int, Explanation)
        /// One answer, or for nil all of them.
        case stopped(place: Int?)
        case focused(Int)
        case scrolled(place: Int, to: Int)
        case zoomToggled
        case odds(Ask.OddsAction)
        case blindToggled
        case voted(Vote.Verdict)
        case unvoted
        case votesArrived([Vote])
        case recordArrived(path: String, row: Int, Record)
        case expectedToggled
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit): state.prompt.apply(edit)
        case .typingChanged(let isTyping):
            state.isTyping = isTyping
            state.odds = nil
        case .modelsChosen(let models, let bases): return choose(models, bases, in: &state)
        case .hintsArrived(let model, let hints): state.hints[model] = hints
        case .asked(let settings): return ask(settings, in: &state)
        case .drawn(let order): return begin(order, in: &state)
        case .arrived(let place, let part):
            if state.sides.indices.contains(place) { state.sides[place].take(part) }
        case .failed(let place, let why):
            if state.side(at: place)?.isOpen == true { state.sides[place].phase = .failed(why) }
        case .stopped(let place): return stop(place, in: &state)
        case .focused(let place):
            state.focus = max(0, min(place, state.places - 1))
            state.odds = state.odds.flatMap { _ in state.side(at: place).flatMap { Odds(in: $0, at: place) } }
        case .scrolled(let place, let top): state.tops[place] = top
        case .zoomToggled: state.isZoomed.toggle()
        case .odds(let action): walk(action, in: &state)
        case .blindToggled:
            if state.isHidden {
                // Once seen, names cannot be unseen.
                state.isRevealed = true
            }
            state.isBlind.toggle()
        case .voted(let verdict): return vote(verdict, in: &state)
        case .unvoted:
            guard state.verdict != nil, !state.votes.isEmpty else { return [] }
            state.verdict = nil
            state.isRevealed = true
            state.votes.removeLast()
            return [.unvote]
        case .votesArrived(let votes): state.votes = votes
        case .recordArrived(let path, let row, let record): return take(record, path, row, in: &state)
        case .expectedToggled: state.showsExpected.toggle()
        }
        return []
    }
}
