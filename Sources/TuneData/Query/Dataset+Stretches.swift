import Foundation
import Synchronization

extension Dataset {
    /// Works on rows in stretches, on every core, and takes the results in the order of the rows on this thread.
    ///
    /// What comes out does not depend on the number of cores. `work` is reported to and asked from this thread alone.
    func stretches<Result: Sendable>(
        of rows: Range<Int>, work: DataWork,
        _ make: @escaping @Sendable (Range<Int>, DataWork) throws(DataError) -> Result,
        _ take: (Result) throws(DataError) -> Void
    ) throws(DataError) {
        let rows = rows.clamped(to: 0..<count)
        guard !rows.isEmpty else { return try work.checkpoint(1) }
        let shared = StretchWork<Result>(rows: rows, length: stretchLength, make: make)
        let helpers = min(ProcessInfo.processInfo.activeProcessorCount, 16, shared.stretches) - 1
        for _ in 0..<max(helpers, 0) {
            let thread = Thread { shared.help() }
            thread.stackSize = 8 << 20
            thread.start()
        }
        defer { shared.finish(helpers: max(helpers, 0)) }
        var taken = 0
        let own = DataWork(isCancelled: {
            if work.isCancelled() { shared.stop() }
            return shared.isStopped
        })
        while taken < shared.stretches {
            if !shared.makeNext(own), !shared.waitForNews(of: taken) { throw .cancelled }
            while let result = try shared.result(of: taken) {
                try take(result)
                taken += 1
                try work.checkpoint(Double(taken) / Double(shared.stretches))
            }
        }
    }

    /// Rows that come to about 4 MB.
    private var stretchLength: Int {
        let size = max(lines.size / max(count, 1), 1)
        return min(max((4 << 20) / size, 16), 1 << 16)
    }
}

/// The stretches of one piece of work, shared by the threads that work on it.
private final class StretchWork<Result: Sendable>: Sendable {
    let stretches: Int
    private let rows: Range<Int>
    private let length: Int
    private let make: @Sendable (Range<Int>, DataWork) throws(DataError) -> Result
    private let state = Mutex(State())
    private let news = DispatchSemaphore(value: 0)
    private let ends = DispatchSemaphore(value: 0)

    private struct State {
        var next = 0
        var results: [Int: Swift.Result<Result, DataError>] = [:]
        var isStopped = false
    }

    init(
        rows: Range<Int>, length: Int, make: @escaping @Sendable (Range<Int>, DataWork) throws(DataError) -> Result
    ) {
        self.rows = rows
        self.length = length
        self.make = make
        stretches = (rows.count + length - 1) / length
    }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Makes the next stretch that nobody has taken; false when there is none.
    func makeNext(_ work: DataWork) -> Bool {
        let taken = state.withLock { state -> Int? in
            guard state.next < stretches, !state.isStopped else { return nil }
            state.next += 1
            return state.next - 1
        }
        guard let taken else { return false }
        let start = rows.lowerBound + taken * length
        let result = Swift.Result { () throws(DataError) in
            try make(start..<min(start + length, rows.upperBound), work)
        }
        state.withLock { $0.results[taken] = result }
        news.signal()
        return true
    }

    /// The result of a stretch, once; nil while it is not there.
    func result(of stretch: Int) throws(DataError) -> Result? {
        guard let result = state.withLock({ $0.results.removeValue(forKey: stretch) }) else { return nil }
        return try result.get()
    }

    /// Waits until something was made; false when the stretch never will be.
    func waitForNews(of stretch: Int) -> Bool {
        let (isThere, isComing) = state.withLock { ($0.results[stretch] != nil, $0.next > stretch) }
        guard isThere || isComing else { return false }
        if !isThere { news.wait() }
        return true
    }

    /// A helper's part.
    func help() {
        let work = DataWork(isCancelled: { [self] in isStopped })
        while makeNext(work) {}
        ends.signal()
    }

    /// Ends the work and waits for the helpers.
    func finish(helpers: Int) {
        stop()
        for _ in 0..<helpers { ends.wait() }
    }
}
