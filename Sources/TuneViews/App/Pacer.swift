import TuneControl

/// Lets background news paint at most thirty times a second; a key never waits for it.
final class Pacer {
    private let inbox: Inbox
    private let sleep: @Sendable (Duration) async throws -> Void
    private var isAsked = false

    init(inbox: Inbox, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.inbox = inbox
        self.sleep = sleep
    }

    /// Asks for a frame; many askings before it comes are one.
    func requestFrame() {
        guard !isAsked else { return }
        isAsked = true
        Task { [inbox, sleep] in
            try? await sleep(.milliseconds(33))
            inbox.post(.frameDue)
        }
    }

    func frameCame() {
        isAsked = false
    }
}
