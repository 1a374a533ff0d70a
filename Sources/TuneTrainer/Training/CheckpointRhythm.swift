/// How often checkpoints are written: so often that a crash loses little, so seldom that they cost next to nothing.
struct CheckpointRhythm: Sendable {
    /// A checkpoint is wanted after this many steps, or after this many seconds of fewer.
    var steps = 10
    var seconds = 30.0
    /// Share of the time that writing may take. A slow disk or a large model stretches the rhythm.
    var share = 0.02

    /// One after every step, whatever it costs.
    static let everyStep = CheckpointRhythm(steps: 1, share: .infinity)
}

/// When the next checkpoint is due. Seconds count from any moment, the same for all calls.
struct CheckpointClock {
    let rhythm: CheckpointRhythm
    private var step: Int
    private var time: Double
    /// Seconds that the newest checkpoint took, or that the first is thought to take.
    private var cost: Double
    /// Bytes a second of a disk that is not fast.
    private static let diskSpeed = 200e6

    /// Starts at a step that needs no checkpoint: nothing done yet, or just resumed. `bytes` is a checkpoint's size.
    init(_ rhythm: CheckpointRhythm, bytes: Int = 0, step: Int, at time: Double) {
        cost = Double(bytes) / Self.diskSpeed
        self.rhythm = rhythm
        self.step = step
        self.time = time
    }

    func isDue(after step: Int, at time: Double) -> Bool {
        let elapsed = time - self.time
        guard step > self.step, cost <= rhythm.share * elapsed else { return false }
        return step - self.step >= rhythm.steps || elapsed >= rhythm.seconds
    }

    mutating func written(after step: Int, from start: Double, to end: Double) {
        self.step = step
        time = end
        cost = end - start
    }
}
