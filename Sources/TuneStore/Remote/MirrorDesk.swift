import Synchronization

/// Which jobs somebody is about already, and which are left in peace for a while.
final class MirrorDesk: Sendable {
    private enum Place {
        case busy
        case resting(until: ContinuousClock.Instant)
    }

    private let places = Mutex<[String: Place]>([:])

    /// Whether the job was free; it is taken then.
    func take(_ draft: String) -> Bool {
        places.withLock { places in
            switch places[draft] {
            case .busy: return false
            case .resting(let end) where end > .now: return false
            case .resting, nil:
                places[draft] = .busy
                return true
            }
        }
    }

    func giveBack(_ draft: String, restingFor rest: Duration) {
        places.withLock { $0[draft] = .resting(until: .now + rest) }
    }
}

/// Why a mirror ended before its job, for whoever follows the job beside it.
final class MirrorFailure: Sendable {
    private let state = Mutex<(any Error)?>(nil)

    var error: (any Error)? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
