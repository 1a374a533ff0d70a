import Foundation

/// How a cell that is no text reads as one: the way pandas spelled it, so that prepared files come out the same.
///
/// A whole number has no fraction, `1.0` becomes `1`; a date is `2020-01-31 00:00:00`, a time `12:30:00`.
enum CellText {
    /// Milliseconds of a day.
    private static let day = 86_400_000

    static func number(_ spelling: String) -> String {
        guard spelling.contains(where: { ".eE".contains($0) }) else {
            return Int(spelling).map(String.init) ?? spelling
        }
        guard let value = Double(spelling), value.isFinite else { return spelling }
        guard value == value.rounded() else { return PlainText.number(spelling) }
        return Int(exactly: value).map(String.init) ?? String(format: "%.0f", value)
    }

    /// A date, or a time for less than a day; nil beyond the years 1 to 9999, which is shown as an error.
    static func date(_ spelling: String, isFrom1904: Bool) -> String? {
        guard let value = Double(spelling), abs(value) < 4_000_000 else { return nil }
        var days = Int(value.rounded(.down))
        let rest = Int(((value - value.rounded(.down)) * Double(day)).rounded(.toNearestOrEven))
        if value >= 0, value < 1, rest < day { return clock(rest) }
        // The year 1900 counts as a leap year there; before its 29 February days are one off.
        if value > 0, value < 60, !isFrom1904 { days += 1 }
        if rest == day { days += 1 }
        // 1899-12-30 and 1904-01-01, in days since 1970.
        let since1970 = days + (isFrom1904 ? -24_107 : -25_569)
        let (year, month, date) = civil(since1970)
        guard (1...9999).contains(year) else { return nil }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2)) \(clock(rest % day))"
    }

    /// A span of time: `1 day, 2:30:00`.
    static func span(_ spelling: String) -> String? {
        guard let value = Double(spelling), abs(value) < 999_999_999 else { return nil }
        let total = Int((value * Double(day)).rounded(.toNearestOrEven))
        let days = Int((Double(total) / Double(day)).rounded(.down))
        let rest = total - days * day
        let time = clock(rest)
        let short = time.hasPrefix("0") ? String(time.dropFirst()) : time
        return days == 0 ? short : "\(days) \(abs(days) == 1 ? "day" : "days"), \(short)"
    }

    /// A date spelled in ISO 8601, as dates of a strict workbook are.
    static func iso(_ spelling: String) -> String {
        var text = spelling
        if text.hasSuffix("Z") { text.removeLast() }
        let parts = text.split(separator: "T", omittingEmptySubsequences: true)
        guard let last = parts.last, last.contains(":") else { return String(parts.first ?? "") }
        var time = last.count == 5 ? last + ":00" : String(last)
        if let dot = time.firstIndex(of: ".") {
            let digits = time[time.index(after: dot)...].prefix(6)
            time = time[...dot] + digits + String(repeating: "0", count: 6 - digits.count)
            if time.hasSuffix(".000000") { time.removeLast(7) }
        }
        return parts.count == 2 ? "\(parts[0]) \(time)" : time
    }

    // MARK: -

    private static func clock(_ milliseconds: Int) -> String {
        let (seconds, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let time = "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        return fraction == 0 ? time : time + ".\(padded(fraction, 3))000"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Year, month and day of a day since 1970, by eras of 400 years that begin in March.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
