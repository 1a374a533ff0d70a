import CKernels

/// How fast this machine reads memory that no cache holds.
enum MemoryBandwidth {
    /// Bytes a second on all of the team's cores, read in order: the best of a few passes over 512 MB.
    static func measured(on team: Team) -> Double {
        let memory = Memory(bytes: size, isHuge: true)
        let bytes = memory.base.assumingMemoryBound(to: UInt8.self)
        // Pages that were never written are all the same one.
        team.split(size, grain: 4_096) { (bytes + $0.lowerBound).initialize(repeating: 1, count: $0.count) }
        let sums = Matrix(zeros: team.size, 16)
        var best = Double.infinity
        for _ in 0..<6 {
            let start = ContinuousClock.now
            team.split(size, grain: 4_096) { range, member in
                sums.row(member)[0] += Float(tk_read(bytes + range.lowerBound, range.count) & 1)
            }
            best = min(best, start.duration(to: .now) / .seconds(1))
        }
        withExtendedLifetime((memory, sums)) {}
        return Double(size) / best
    }

    private static let size = 512 << 20
}
