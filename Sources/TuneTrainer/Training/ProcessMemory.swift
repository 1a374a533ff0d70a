import Glibc

/// What this process takes of the machine.
enum ProcessMemory {
    /// Peak resident size in MB (10⁶ bytes).
    static var peakMB: Double {
        var usage = rusage()
        // 0 is RUSAGE_SELF, which the C library spells as an enum and takes as a number.
        getrusage(0, &usage)
        return Double(usage.ru_maxrss) * 1_024 / 1e6
    }
}
