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
        try inStretches(cut(rows.clamped(to: 0..<count)), work: work, make, take)
    }

    /// Rows in ranges of about 2 MB, as far as the index of the file tells.
    private func cut(_ rows: Range<Int>) -> [Range<Int>] {
        guard !rows.isEmpty else { return [] }
        var ranges: [Range<Int>] = []
        var start = rows.lowerBound
        var offset = index.blocks.isEmpty ? 0 : index.block(of: start).offset
        for block in index.blocks where rows.contains(block.row) && block.row > start {
            if block.offset - offset >= Self.stretchBytes || block.row - start >= Self.stretchRows {
                ranges.append(start..<block.row)
                start = block.row
                offset = block.offset
            }
        }
        // Edits may have put any number of rows behind those of the file.
        while start < rows.upperBound {
            let end = min(start + Self.stretchRows, rows.upperBound)
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    private static var stretchBytes: Int { 2 << 20 }
    private static var stretchRows: Int { 1 << 14 }
}

/// Works on ranges on every core, and takes the results in their order on this thread.
func inStretches<Result: Sendable>(
    _ ranges: [Range<Int>], work: DataWork,
    _ make: @escaping @Sendable (Range<Int>, DataWork) throws(DataError) -> Result,
    _ take: (Result) throws(DataError) -> Void
) throws(DataError) {
    guard !ranges.isEmpty else { return try work.checkpoint(1) }
    let shared = StretchWork<Result>(ranges: ranges, make: make)
    let helpers = max(min(ProcessInfo.processInfo.activeProcessorCount, 16, ranges.count) - 1, 0)
    shared.makeRoom(2 * (helpers + 1))
    for _ in 0..<helpers {
        let thread = Thread { shared.help() }
        thread.stackSize = 8 << 20
        thread.start()
    }
    defer { shared.finish(helpers: helpers) }
    var taken = 0
    let own = DataWork(isCancelled: {
        if work.isCancelled() { shared.stop() }
        return shared.isStopped
    })
    while taken < ranges.count {
        if !shared.makeNext(own), !shared.waitForNews(of: taken) { throw .cancelled }
        while let result = try shared.result(of: taken) {
            try take(result)
            taken += 1
            shared.makeRoom(1)
            try work.checkpoint(Double(taken) / Double(ranges.count))
        }
    }
}

/// The stretches of one piece of work, shared by the threads that work on it.
private final class StretchWork<Result: Sendable>: Sendable {
    let ranges: [Range<Int>]
    private let make: @Sendable (Range<Int>, DataWork) throws(DataError) -> Result
    private let state = Mutex(State())
    private let news = DispatchSemaphore(value: 0)
    private let ends = DispatchSemaphore(value: 0)
    /// How many stretches may be made before others are taken, so that results do not pile up.
    private let room = DispatchSemaphore(value: 0)

    private struct State {
        var next = 0
        var results: [Int: Swift.Result<Result, DataError>] = [:]
        var isStopped = false
    }

    init(ranges: [Range<Int>], make: @escaping @Sendable (Range<Int>, DataWork) throws(DataError) -> Result) {
        self.ranges = ranges
        self.make = make
    }

    func makeRoom(_ count: Int) {
        for _ in 0..<count { room.signal() }
    }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Makes the next stretch that nobody has taken; false when there is none, or no room for it yet.
    func makeNext(_ work: DataWork, waits: Bool = false) -> Bool {
        if waits {
            room.wait()
        } else if room.wait(timeout: .now()) != .success {
            return false
        }
        let taken = state.withLock { state -> Int? in
            guard state.next < ranges.count, !state.isStopped else { return nil }
            state.next += 1
            return state.next - 1
        }
        guard let taken else { return false }
        let result = Swift.Result { () throws(DataError) in try make(ranges[taken], work) }
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
        while makeNext(work, waits: true) {}
        ends.signal()
    }

    /// Ends the work and waits for the helpers.
    func finish(helpers: Int) {
        stop()
        makeRoom(helpers)
        for _ in 0..<helpers { ends.wait() }
    }
}
