import Foundation

/// What a piece of work took.
struct Toll {
    let seconds: Double
    /// Resident memory at the worst moment beyond what there was before.
    let megabytes: Double

    /// Measures the work; whatever it throws is its result, which is passed on as such.
    static func of<R>(_ work: () throws -> R) throws -> (toll: Toll, result: Result<R, any Error>) {
        // Makes the peak that the kernel keeps start anew.
        try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
        let before = try memory("VmRSS")
        let clock = ContinuousClock.now
        let result = Result { try work() }
        let seconds = clock.duration(to: .now) / .seconds(1)
        return (Toll(seconds: seconds, megabytes: max(0, try memory("VmHWM") - before)), result)
    }

    private static func memory(_ field: String) throws -> Double {
        let lines = try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(field + ":") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { throw CocoaError(.fileReadCorruptFile) }
        return kilobytes * 1_024 / 1_000_000
    }
}
