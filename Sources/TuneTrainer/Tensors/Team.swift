import CKernels
import COneDNN
import Foundation
import Synchronization

/// A fixed number of threads that do one piece of work together: `run` returns when every member has.
///
/// Work is divided by member index alone, so results do not depend on timing. Members spin for a moment between
/// pieces, because pieces come microseconds apart, and sleep when nothing comes.
final class Team {
    /// Members, the caller's thread included.
    let size: Int
    private let post: Post

    /// What the members share. A piece of work is published by raising `round`; `working` counts who still is at it.
    private final class Post: @unchecked Sendable {
        // `work` is written only while no member is working, before `round` is raised with release ordering.
        var work: ((Int) -> Void)?
        let round = Atomic<Int>(0)
        let working = Atomic<Int>(0)
        let isDismissed = Atomic<Bool>(false)
        /// Members that have come to a meeting, and meetings that have ended.
        let gathered = Atomic<Int>(0)
        let meetings = Atomic<Int>(0)
        let door = NSCondition()
    }

    /// A team of `size` threads, at least one; one fewer are started, since the caller works too.
    init(size: Int) {
        self.size = max(1, size)
        post = Post()
        omp_set_num_threads(1)
        for member in 1..<max(1, self.size) {
            let thread = Thread { [post] in Team.serve(post, as: member) }
            thread.name = "team-\(member)"
            thread.stackSize = 1 << 21
            thread.start()
        }
    }

    deinit {
        post.isDismissed.store(true, ordering: .releasing)
        wake()
    }

    /// Calls `work` once for every member index, at the same time. Not to be called from inside itself.
    func run(_ work: (Int) -> Void) {
        // The matrix library keeps its thread count for each calling thread: one, since the team is the parallelism.
        omp_set_num_threads(1)
        guard size > 1 else { return work(0) }
        precondition(post.work == nil, "a team's work calls for the team")
        withoutActuallyEscaping(work) { work in
            post.work = work
            post.working.store(size - 1, ordering: .relaxed)
            wake()
            work(0)
            var spins = 0
            while post.working.load(ordering: .acquiring) > 0 {
                spins += 1
                if spins > Team.patience { sched_yield() } else { tk_pause() }
            }
            post.work = nil
        }
    }

    /// Within a piece of work: waits until every member has come here. Each member comes equally often.
    ///
    /// What members wrote before, all may read after. Far cheaper than a new piece of work.
    func meet() {
        guard size > 1 else { return }
        let meeting = post.meetings.load(ordering: .acquiring)
        if post.gathered.add(1, ordering: .acquiringAndReleasing).newValue == size {
            post.gathered.store(0, ordering: .relaxed)
            post.meetings.add(1, ordering: .releasing)
            return
        }
        var spins = 0
        while post.meetings.load(ordering: .acquiring) == meeting {
            spins += 1
            if spins > Team.patience { sched_yield() } else { tk_pause() }
        }
    }

    /// The stretch of `count` items that is a member's, cut at multiples of `grain`.
    func share(_ count: Int, grain: Int = 1, of member: Int) -> Range<Int> {
        let grains = (count + grain - 1) / grain
        return min(count, grains * member / size * grain)..<min(count, grains * (member + 1) / size * grain)
    }

    /// The same for items of several lists, one list after the other: the stretches of each list that are a member's.
    func share(_ counts: [Int], of member: Int) -> [(list: Int, items: Range<Int>)] {
        let mine = share(counts.reduce(0, +), of: member)
        var (start, stretches): (Int, [(list: Int, items: Range<Int>)]) = (0, [])
        for (list, count) in counts.enumerated() {
            let items = mine.clamped(to: start..<start + count)
            if !items.isEmpty { stretches.append((list, items.lowerBound - start..<items.upperBound - start)) }
            start += count
        }
        return stretches
    }

    /// Divides `count` items into one stretch a member, cut at multiples of `grain`, and does them together.
    func split(_ count: Int, grain: Int = 1, _ work: (Range<Int>) -> Void) {
        split(count, grain: grain) { range, _ in work(range) }
    }

    /// The same for work that needs memory of its member's own.
    func split(_ count: Int, grain: Int = 1, _ work: (Range<Int>, _ member: Int) -> Void) {
        guard count > 0 else { return }
        let grains = (count + grain - 1) / grain
        guard grains > 1, size > 1 else { return runAlone { work(0..<count, 0) } }
        run { member in
            let range = share(count, grain: grain, of: member)
            if !range.isEmpty { work(range, member) }
        }
    }

    /// Hands out items one by one to whoever is free; for items that own what they write and differ in length.
    func each(_ count: Int, _ work: (_ item: Int, _ member: Int) -> Void) {
        guard count > 0 else { return }
        let next = Atomic<Int>(0)
        run { member in
            while true {
                let item = next.add(1, ordering: .relaxed).oldValue
                guard item < count else { return }
                work(item, member)
            }
        }
    }

    private func runAlone(_ work: () -> Void) {
        omp_set_num_threads(1)
        work()
    }

    private func wake() {
        post.door.lock()
        post.round.add(1, ordering: .releasing)
        post.door.broadcast()
        post.door.unlock()
    }

    // MARK: -

    /// How many looks a waiting thread takes before it gives the core away; about twenty microseconds.
    private static let patience = 4_000

    private static func serve(_ post: Post, as member: Int) {
        omp_set_num_threads(1)
        var seen = 0
        while true {
            var spins = 0
            while post.round.load(ordering: .acquiring) == seen, spins < patience {
                spins += 1
                tk_pause()
            }
            if post.round.load(ordering: .acquiring) == seen {
                post.door.lock()
                while post.round.load(ordering: .acquiring) == seen { post.door.wait() }
                post.door.unlock()
            }
            seen += 1
            if post.isDismissed.load(ordering: .acquiring) { return }
            post.work?(member)
            post.working.subtract(1, ordering: .releasing)
        }
    }
}
