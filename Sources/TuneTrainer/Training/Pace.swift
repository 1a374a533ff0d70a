/// How fast a run goes, from its most recent steps and looks at the model.
struct Pace {
    private var steps: [(tokens: Int, seconds: Double)] = []
    /// Of the newest validation.
    private var look = 0.0
    private static let window = 16

    mutating func stepped(tokens: Int, seconds: Double) {
        steps.append((tokens, seconds))
        if steps.count > Self.window { steps.removeFirst() }
    }

    mutating func looked(seconds: Double) { look = seconds }

    var tokensPerSecond: Double { seconds == 0 ? 0 : Double(steps.reduce(0) { $0 + $1.tokens }) / seconds }

    /// For so many steps and looks more.
    func secondsLeft(steps count: Int, looks: Int) -> Double {
        let step = steps.isEmpty ? 0 : seconds / Double(steps.count)
        return step * Double(count) + look * Double(looks)
    }

    private var seconds: Double { steps.reduce(0) { $0 + $1.seconds } }
}
