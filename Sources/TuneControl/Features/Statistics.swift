public import TuneData
public import TuneModel

/// The dialog that tells what a dataset is made of.
public enum Statistics {
    public struct State: Hashable, Sendable {
        public let path: String
        public var found = Found.counting(0)
        /// Rows scrolled down to.
        public var top = 0

        public init(path: String) {
            self.path = path
        }
    }

    public enum Found: Hashable, Sendable {
        case counting(Double)
        case done(DatasetStats)
        case failed(Explanation)
    }

    public enum Action: Hashable, Sendable {
        case progressed(path: String, Double)
        case arrived(path: String, DatasetStats)
        case failed(path: String, Explanation)
        /// To this row of the card, as far as there is one.
        case scrolled(to: Int)
    }

    static func update(_ state: inout State, _ action: Action) {
        switch action {
        case .progressed(let path, let share): if path == state.path { state.found = .counting(share) }
        case .arrived(let path, let statistics): if path == state.path { state.found = .done(statistics) }
        case .failed(let path, let why): if path == state.path { state.found = .failed(why) }
        case .scrolled(let row): state.top = max(0, row)
        }
    }
}
