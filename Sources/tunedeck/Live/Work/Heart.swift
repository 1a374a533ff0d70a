import TuneStore

/// Says every few seconds that the worker of a job is alive.
struct Heart {
    private let beats: Task<Void, Never>

    init(_ recorder: JobRecorder) {
        beats = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(2))
                // A beat that cannot be written is followed by another one.
                try? recorder.beat()
            }
        }
    }

    func stop() { beats.cancel() }
}
