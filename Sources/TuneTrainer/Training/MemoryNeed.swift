import Foundation
import TuneModel

/// What a run keeps in memory.
struct MemoryNeed {
    let bytes: Double

    /// Tokenizer, libraries and the program itself.
    private static let overhead = 120e6

    /// `int8Bytes` are those of the blocks' weights for fast products.
    init(
        _ config: LlamaConfig, _ layout: AdapterLayout, fileBytes: Int, int8Bytes: Int = 0, keptRows: Int, longest: Int
    ) {
        // What is trained, its gradient and two moments; all else is passing.
        bytes =
            Self.overhead + Double(fileBytes) + Double(int8Bytes)
            + 4 * Double(config.floats(keptRows: keptRows, longest: longest)) + 16 * Double(layout.count)
    }

    /// In MB (10⁶ bytes), rounded up.
    var megabytes: Int { Int((bytes / 1e6).rounded(.up)) }

    /// Ends a run that would not fit before it has begun.
    func check(limitMB: Int?, availableMB: Int? = MachineMemory.availableMB) throws(TrainerError) {
        if let limitMB, megabytes > limitMB {
            throw .memoryLimit(neededMB: megabytes, limitMB: limitMB)
        }
        if let availableMB, megabytes > availableMB {
            throw .notEnoughMemory(neededMB: megabytes, availableMB: availableMB)
        }
    }
}

/// What the machine has left.
enum MachineMemory {
    /// Bytes that can be taken without swapping, in MB (10⁶ bytes), within what a container grants; nil where the system
    /// does not tell.
    static var availableMB: Int? {
        [systemBytes, groupBytes].compactMap { $0 }.min().map { $0 / 1_000_000 }
    }

    private static var systemBytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
        return available(meminfo: text)
    }

    /// From the text of /proc/meminfo, which counts in KiB.
    static func available(meminfo text: String) -> Int? {
        text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
            .flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }.map { $0 * 1_024 }
    }

    /// Of control groups, version 2; without a limit the file says `max`.
    private static var groupBytes: Int? {
        func number(_ name: String) -> Int? {
            (try? String(contentsOfFile: "/sys/fs/cgroup/\(name)", encoding: .utf8))
                .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        guard let limit = number("memory.max"), let used = number("memory.current") else { return nil }
        return max(0, limit - used)
    }
}
