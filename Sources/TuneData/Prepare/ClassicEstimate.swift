import Foundation

extension PrepareOutcome {
    /// What the classic tool reckons that training a `curie` model takes, in seconds: its own formula, which goes by the
    /// number of records and the memory that its table takes.
    public var classicSeconds: Double {
        if case .classification = task { return 140 + 1.44 * Double(records) }
        let table = records < recordsRead ? 110 + 24 * records : 132 + 16 * records
        return 140 + 0.0515 * Double(table)
    }

    /// Seconds as the classic tool spells them: two decimals at most, in the largest unit that is reached.
    public static func classicSpelling(_ seconds: Double) -> (number: String, unit: String) {
        let units: [(String, Double, Double)] = [
            ("seconds", 1, 60), ("minutes", 60, 3600), ("hours", 3600, 86400), ("days", 86400, .infinity),
        ]
        let (unit, size, _) = units.first { seconds < $0.2 } ?? units[3]
        let rounded = (seconds / size * 100).rounded() / 100
        return ("\(rounded)", unit)
    }
}
