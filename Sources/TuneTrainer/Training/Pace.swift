/// How fast a run goes, from its most recent steps.
struct Pace {
    private var steps: [(tokens: Int, seconds: Double)] = []
    private var start: ContinuousClock.Instant?
    private static let window = 16

    mutating func begin() {
        start = .now
    }

    mutating func end(tokens: Int) {
        guard let start else { return }
        let elapsed = start.duration(to: .now)
        steps.append((tokens, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18))
        if steps.count > Self.window { steps.removeFirst() }
    }

    var tokensPerSecond: Double { seconds == 0 ? 0 : Double(steps.reduce(0) { $0 + $1.tokens }) / seconds }
    var secondsAStep: Double { steps.isEmpty ? 0 : seconds / Double(steps.count) }

    private var seconds: Double { steps.reduce(0) { $0 + $1.seconds } }
}
