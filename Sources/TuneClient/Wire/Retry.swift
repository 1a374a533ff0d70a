import Foundation
import NIOHTTP1

/// When a call is sent again, and after how long.
struct RetryRule: Sendable {
    let limits: ServiceProfile.Limits

    /// Whether an answer with this status is no last word.
    static func isRetried(_ status: Int) -> Bool { [408, 409, 429].contains(status) || status >= 500 }

    /// What an answer says about sending again.
    enum Advice: Hashable, Sendable {
        case no
        /// - Parameter wait: as the service asks; nil leaves it to us.
        case yes(wait: Duration?)
    }

    func advice(status: Int, headers: HTTPHeaders, now: Date = .now) -> Advice {
        let said = headers.first(name: "x-should-retry")?.lowercased()
        guard said != "false", said == "true" || Self.isRetried(status) else { return .no }
        guard let wait = Self.wait(headers, now: now) else { return .yes(wait: nil) }
        return wait <= limits.longestHeldOff ? .yes(wait: wait) : .no
    }

    /// The wait that an answer asks for.
    static func wait(_ headers: HTTPHeaders, now: Date = .now) -> Duration? {
        if let text = headers.first(name: "retry-after-ms"), let count = Double(text), count.isFinite, count >= 0 {
            return .seconds(min(count / 1_000, 1e9))
        }
        guard let text = headers.first(name: "retry-after") else { return nil }
        if let count = Double(text), count.isFinite { return count < 0 ? nil : .seconds(min(count, 1e9)) }
        return date(text).map { .seconds(max(0, min($0.timeIntervalSince(now), 1e9))) }
    }

    /// Before try number `count + 1`, from 1 on: doubling, and shortened by up to a quarter, so that clients that were
    /// cut off together do not come back together.
    func delay(after count: Int) -> Duration {
        let doubled = limits.firstDelay * (1 << min(max(count - 1, 0), 16))
        return min(doubled, limits.longestDelay) * Double.random(in: 0.75...1)
    }

    /// `Tue, 24 Nov 2026 17:00:00 GMT`
    private static func date(_ text: String) -> Date? {
        let parts = text.split(whereSeparator: { " ,:".contains($0) })
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 8, let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6])
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        return calendar.date(
            from: DateComponents(
                year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second))
    }
}
