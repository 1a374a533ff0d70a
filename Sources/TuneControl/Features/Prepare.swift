public import TuneData
public import TuneModel

/// The prepare questions, one at a time.
public enum Prepare {
    public enum Phase: Equatable, Sendable {
        /// No dataset has been chosen yet.
        case idle
        case reading
        /// The question on show, by its place in the list.
        case asking(Preparation, index: Int)
        /// Every question is answered; the file is being written.
        case writing(Preparation)
        case written(Preparation, PreparedFiles)
        case failed(Explanation)

        var isUnderWay: Bool {
            switch self {
            case .reading, .asking, .writing: true
            case .idle, .written, .failed: false
            }
        }
    }

    public struct State: Equatable, Sendable {
        public var path = ""
        public var phase = Phase.idle
        /// Of the reading, 0 to 1.
        public var progress = 0.0
        /// What training on the result will take, once it is known.
        public var cost: Wording?

        public init() {}

        /// The dataset's name without its folder.
        public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

        public var preparation: Preparation? {
            switch phase {
            case .asking(let preparation, _), .writing(let preparation), .written(let preparation, _): preparation
            case .idle, .reading, .failed: nil
            }
        }

        public var question: PrepareQuestion? {
            guard case .asking(let preparation, let index) = phase, preparation.questions.indices.contains(index)
            else { return nil }
            return preparation.questions[index]
        }

        /// The file that training would take now: the written one, or the file itself when nothing is to be done.
        public var trainable: PreparedFiles? {
            if case .written(_, let files) = phase { files } else { nil }
        }
    }

    public enum Action: Equatable, Sendable {
        case opened(path: String)
        case progressed(path: String, Double)
        case analysed(path: String, Preparation)
        case answered(Bool)
        case acceptedAll
        case wentBack
        case left
        case written(path: String, PreparedFiles)
        case reckoned(path: String, Wording?)
        case failed(path: String, Explanation)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .opened(let path):
            state = State()
            state.path = path
            state.phase = .reading
            return [.analyse(path: path)]
        case .progressed(let path, let share):
            if path == state.path, state.phase == .reading { state.progress = share }
        case .analysed(let path, let preparation):
            guard path == state.path, state.phase == .reading else { return [] }
            guard preparation.questions.isEmpty else {
                state.phase = .asking(preparation, index: 0)
                return []
            }
            // Nothing to ask means that the file can be trained as it is.
            state.phase = .writing(preparation)
            return [.writePrepared(preparation)]
        case .answered(let yes):
            return answer(yes, in: &state)
        case .acceptedAll:
            guard case .asking(var preparation, _) = state.phase else { return [] }
            preparation.acceptRest()
            return finish(preparation, in: &state)
        case .wentBack:
            guard case .asking(var preparation, let index) = state.phase, index > 0 else { return [] }
            for question in preparation.questions[(index - 1)...] { preparation.withdraw(question.id) }
            state.phase = .asking(preparation, index: index - 1)
        case .left:
            state = State()
            return [.stop(.preparing)]
        case .written(let path, let files):
            guard path == state.path, case .writing(let preparation) = state.phase else { return [] }
            state.phase = .written(preparation, files)
            return [.reckonCost(path: path, files)]
        case .reckoned(let path, let cost):
            if path == state.path { state.cost = cost }
        case .failed(let path, let why):
            if path == state.path { state.phase = .failed(why) }
        }
        return []
    }

    // MARK: -

    private static func answer(_ yes: Bool, in state: inout State) -> [Effect] {
        guard case .asking(var preparation, let index) = state.phase, let question = state.question else { return [] }
        preparation.answer(question.id, yes)
        let here = preparation.questions.firstIndex { $0.id == question.id } ?? index
        guard here + 1 < preparation.questions.count else { return finish(preparation, in: &state) }
        state.phase = .asking(preparation, index: here + 1)
        return []
    }

    private static func finish(_ preparation: Preparation, in state: inout State) -> [Effect] {
        // The last question is whether to write at all; it is asked only where there is something to.
        guard preparation.questions.last(where: { $0.id == .write }).map(\.isAccepted) ?? true else {
            state = State()
            return []
        }
        state.phase = .writing(preparation)
        return [.writePrepared(preparation)]
    }
}
