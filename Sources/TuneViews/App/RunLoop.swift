import Foundation
import TuneCanvas
import TuneControl

/// The one loop of the dashboard: a wake comes in, the state changes, the screen shows it.
final class RunLoop {
    let store: Store
    private let screen: any Screen
    private let inbox: Inbox
    private let pacer: Pacer
    private let router: Router
    private let theme: Theme
    private let now: @Sendable () -> Date
    private let zone: TimeZone
    private var lastFrame: Surface?
    private var redraws = 0
    /// Whether another program has the terminal.
    private var isAway = false

    init(screen: any Screen, world: World, state: Deck.State, theme: Theme, keys: KeyTable = .standard) {
        self.screen = screen
        self.theme = theme
        router = Router(keys: keys)
        inbox = Inbox()
        pacer = Pacer(inbox: inbox, sleep: world.sleep)
        now = world.now
        zone = world.zone
        store = Store(state: state, runner: EffectRunner(world: world, inbox: inbox))
    }

    /// What wakes the loop; whoever takes from it must hand each wake to `handle`.
    var wakes: AsyncStream<Wake> { inbox.wakes }

    /// Runs until the person quits or the terminal is gone; the terminal is given back on every way out.
    func run(opening files: [String]) async throws {
        try screen.open { [inbox] signal in inbox.post(Wake(signal)) }
        defer { screen.close() }
        start(opening: files)
        for await wake in inbox.wakes {
            if !(try handle(wake)) { break }
        }
        await store.close()
    }

    func start(opening files: [String]) {
        store.send(.started(files: files))
        paint()
    }

    /// Carries out one wake; false ends the loop.
    func handle(_ wake: Wake) throws -> Bool {
        guard try answer(wake) else { return false }
        try followTerminal()
        return true
    }

    private func answer(_ wake: Wake) throws -> Bool {
        switch wake {
        case .input:
            for key in screen.pendingKeys() {
                if let action = router.action(for: key, in: store.state, on: screen.size) { store.send(action) }
                if store.state.closing != nil { return false }
            }
            paint()
        case .resized:
            lastFrame = nil
            paint()
        case .report(let action, let ticket):
            store.receive(action, from: ticket)
            pacer.requestFrame()
        case .ended(let ticket):
            store.ended(ticket)
        case .frameDue:
            pacer.frameCame()
            paint()
        case .stop:
            try screen.stop()
            lastFrame = nil
            paint()
        case .continued:
            // A program that has the terminal is continued with this one, and keeps it.
            if isAway { break }
            try screen.resume()
            lastFrame = nil
            paint()
        case .interrupt:
            // Meant for the program that has the terminal.
            if isAway { break }
            return try answer(.quit)
        case .quit:
            store.send(.command(.quit, rows: 1))
            return false
        }
        return true
    }

    /// Gives the terminal away and takes it back as the state wants it.
    private func followTerminal() throws {
        if store.state.outside.needsTerminal, !isAway {
            isAway = true
            screen.suspend()
            store.send(.outside(.left))
        } else if isAway, !store.state.outside.needsTerminal {
            isAway = false
            try screen.resume()
            lastFrame = nil
            paint()
        }
    }

    func paint() {
        if isAway { return }
        if store.state.redraws != redraws {
            redraws = store.state.redraws
            lastFrame = nil
        }
        var frame = Surface(size: screen.size)
        let cursor = DeckView(state: store.state, theme: theme, keys: router.keys, now: now(), zone: zone).draw(
            on: &frame)
        screen.apply(FrameDiff(from: lastFrame, to: frame), cursor: cursor)
        lastFrame = frame
    }
}

extension Wake {
    /// What news from the terminal means to the loop.
    nonisolated init(_ signal: ScreenSignal) {
        self =
            switch signal {
            case .input: .input
            case .resized: .resized
            case .stopRequested: .stop
            case .continued: .continued
            case .interrupt: .interrupt
            case .terminate, .hangUp: .quit
            }
    }
}
