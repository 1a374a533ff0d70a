/// How patiently services and their mirrors are waited for.
struct RemotePace: Sendable {
    /// Between two looks whether the mirror of a job is free.
    var watch = Duration.seconds(1)
    /// Before a service that gave no answer is asked again; doubled each time.
    var pause = Duration.seconds(2)
    /// The longest such pause.
    var longestPause = Duration.seconds(60)
    /// Between two looks for unfinished jobs.
    var round = Duration.seconds(5)
    /// Before a job whose service refuses is tried again by whoever keeps up all.
    var rest = Duration.seconds(300)
    /// How old a job must be before it counts as never created: its request may still be under way. Seconds.
    var grace = 90.0
    /// How often a good contact is noted, in seconds.
    var freshness = 15.0
}
