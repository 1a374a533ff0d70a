import Foundation

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
