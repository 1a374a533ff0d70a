import Foundation
import TuneModel

/// Numbers as people read them: grouped, short, and with their unit.
enum Figures {
    /// `2,307`
    static func count(_ number: Int) -> String {
        var digits = String(abs(number))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// `218k`, `1.3M`
    static func short(_ number: Int) -> String {
        switch number {
        case ..<10_000: count(number)
        case ..<1_000_000: "\(number / 1000)k"
        default: String(format: "%.1fM", Double(number) / 1e6)
        }
    }

    /// `812 B`, `34 KB`, `1.4 MB`, `2.0 GB`
    static func bytes(_ count: Int64) -> String {
        switch Double(count) {
        case ..<1000: "\(count) B"
        case ..<1e6: String(format: "%.0f KB", Double(count) / 1e3)
        case ..<1e9: String(format: "%.1f MB", Double(count) / 1e6)
        default: String(format: "%.1f GB", Double(count) / 1e9)
        }
    }

    /// `0:09`, `4:10`, `1:02:03`
    static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e8 else { return "–" }
        let whole = Int(seconds.rounded())
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
    }

    /// `≈ 40 s`, `≈ 4 minutes`, `≈ 2.5 hours`: an estimate is not told to the second.
    static func roughly(_ seconds: Double) -> Wording {
        switch seconds {
        case ..<90:
            let count = max(5, Int((seconds / 5).rounded()) * 5)
            return Wording("≈ \(count) seconds", "≈ \(count) 秒")
        case ..<5400:
            let count = max(2, Int((seconds / 60).rounded()))
            return Wording("≈ \(count) minutes", "≈ \(count) 分钟")
        default:
            let count = String(format: "%.1f", seconds / 3600)
            return Wording("≈ \(count) hours", "≈ \(count) 小时")
        }
    }

    /// `62 %`
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        // 100 % means that it is done, not that it is nearly so.
        return "\(share >= 1 ? 100 : Int((share * 100).rounded(.down))) %"
    }

    /// `2.31`
    static func loss(_ value: Double) -> String { value.isFinite ? String(format: "%.2f", value) : "–" }
    /// `2.3142`, for values that are compared.
    static func precise(_ value: Double) -> String { value.isFinite ? String(format: "%.4f", value) : "–" }
    /// `0.58`
    static func share(_ value: Double) -> String { loss(value) }

    /// `1.3e-4`
    static func rate(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        var exponent = Int(floor(log10(abs(value))))
        var digits = String(format: "%.1f", value / pow(10, Double(exponent)))
        if digits == "10.0" {
            exponent += 1
            digits = "1.0"
        }
        return "\(digits)e\(exponent)"
    }

    /// `0.61 GB`
    static func memory(_ megabytes: Double) -> String { String(format: "%.2f GB", megabytes / 1000) }

    /// `14:03`, or the day when it was another one: `11-22`.
    static func time(_ date: Date, now: Date, zone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.month, .day, .hour, .minute], from: date)
        return calendar.isDate(date, inSameDayAs: now)
            ? String(format: "%02d:%02d", parts.hour ?? 0, parts.minute ?? 0)
            : String(format: "%02d-%02d", parts.month ?? 0, parts.day ?? 0)
    }

    /// `2027-01-06`
    static func day(_ date: Date, zone: TimeZone) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
    }

    /// `jargon-1 · 11-22 14:03` for the long name of a fine-tuned model; any other name as it is.
    static func model(_ name: String) -> String {
        // One of a service has its name in front.
        if let slash = name.range(of: "/ft:") {
            let start = name.index(after: slash.lowerBound)
            return String(name[..<start]) + model(String(name[start...]))
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "ft" else { return name }
        let made = parts[4].split(separator: "-")
        guard made.count == 6 else { return name }
        let suffix = parts[3].isEmpty ? parts[1] : parts[3]
        return "\(suffix) · \(made[1])-\(made[2]) \(made[3]):\(made[4])"
    }
}
