public import Foundation
public import TuneModel

/// Messages to the person: the ones on show, and all of them in the log.
public enum Notices {
    public struct Notice: Hashable, Sendable {
        public enum Level: Hashable, Sendable { case done, failure }

        public let level: Level
        /// What happened and why.
        public let what: Wording
        /// What to do about it.
        public let next: Wording?
        public let at: Date
    }

    public struct State: Hashable, Sendable {
        /// Newest last; the oldest are forgotten after a thousand.
        public private(set) var log: [Notice] = []
        /// The one on show.
        public private(set) var shown: Notice?

        mutating func add(_ notice: Notice) {
            log.append(notice)
            if log.count > 1000 { log.removeFirst() }
            shown = notice
        }

        mutating func dismiss() {
            shown = nil
        }

        /// Good news leaves by itself at the next key; a failure stays until it is dismissed.
        mutating func keyPressed() {
            if shown?.level == .done { shown = nil }
        }
    }

    public enum Action: Hashable, Sendable {
        case failed(Explanation, at: Date)
        case done(Wording, at: Date)
        case dismissed
    }

    static func update(_ state: inout State, _ action: Action) {
        switch action {
        case .failed(let why, let date):
            let notice = Notice(level: .failure, what: why.what, next: why.next, at: date)
            // A source that keeps failing in the same way is told of once.
            if state.log.last?.what != notice.what || state.shown == nil { state.add(notice) }
        case .done(let what, let date):
            state.add(Notice(level: .done, what: what, next: nil, at: date))
        case .dismissed:
            state.dismiss()
        }
    }
}
