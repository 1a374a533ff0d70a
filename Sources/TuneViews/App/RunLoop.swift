import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The one loop of the dashboard: a wake comes in, the state changes, the screen shows it.
final class RunLoop {
    let store: Store
    private let screen: any Screen
    private let inbox: Inbox
    private let pacer: Pacer
    private let router: Router
    private var reader: KeyReader
    private let shelf: ThemeShelf
    private let sleep: @Sendable (Duration) async throws -> Void
    private let now: @Sendable () -> Date
    private let zone: TimeZone
    private var lastFrame: Surface?
    private var redraws = 0
    /// How much of the outbox has been sent.
    private var sent = 0
    /// The sequence of keys whose hint is on its way.
    private var awaited = 0
    /// Whether another program has the terminal.
    private var isAway = false

    init(screen: any Screen, world: World, state: Deck.State, theme: Theme, keys: KeyTable = .standard) {
        self.screen = screen
        shelf = ThemeShelf(theme) { screen.depth }
        router = Router(keys: keys)
        reader = KeyReader(router)
        sleep = world.sleep
        inbox = Inbox()
        pacer = Pacer(inbox: inbox, sleep: world.sleep)
        now = world.now
        zone = world.zone
        store = Store(state: state, runner: EffectRunner(world: world, inbox: inbox))
    }

    /// Whether it is shown what can follow the keys that were pressed.
    var showsHint: Bool { reader.showsHint }

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

    /// Tells of something that was found before the start.
    func tell(_ why: Explanation) {
        store.send(.notice(.failed(why, at: now())))
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
                for action in reader.actions(for: key, in: store.state, on: screen.size, at: now()) {
                    store.send(action)
                }
                if store.state.closing != nil { return false }
            }
            awaitHint()
            paint()
        case .hint(let beginning):
            reader.hint(beginning)
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

    /// Has what can follow the pressed keys shown after a while.
    private func awaitHint() {
        guard !reader.pressed.isEmpty, !reader.showsHint, awaited != reader.beginnings else { return }
        awaited = reader.beginnings
        Task { [inbox, sleep, awaited] in
            try? await sleep(.milliseconds(300))
            inbox.post(.hint(awaited))
        }
    }

    /// Tells the terminal what the state wants it to know.
    private func tellTerminal() {
        let state = store.state
        if screen.usesMouse != state.preferences.usesMouse { screen.usesMouse = state.preferences.usesMouse }
        for item in state.outbox.items(after: sent) {
            switch item {
            case .copy(let text): screen.send(.copy(text))
            case .bell: screen.send(.bell)
            case .notify(let title, let text): screen.send(.notify(title: title, text: text))
            }
        }
        sent = state.outbox.count
    }

    /// The theme that the state asks for; a file with a fault in it is told of and changes nothing.
    private func wornTheme() -> Theme {
        if let problem = shelf.wear(store.state.looks.texts) {
            store.send(.notice(.failed(problem.explanation, at: now())))
        }
        return shelf.theme
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
        tellTerminal()
        let theme = wornTheme()
        var frame = Surface(size: screen.size)
        let pressed = reader.showsHint ? reader.pressed : []
        let view = DeckView(
            state: store.state, theme: theme, keys: router.keys, now: now(), zone: zone, pressed: pressed)
        let cursor = view.draw(on: &frame)
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
