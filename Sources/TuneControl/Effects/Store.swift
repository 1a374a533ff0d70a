/// The state and the work that is under way for it.
@MainActor
public final class Store {
    public private(set) var state: Deck.State
    private let runner: EffectRunner
    private var running: [Int: Running] = [:]
    private var lanes: [Lane: Int] = [:]
    private var tickets = 0

    private struct Running {
        let task: Task<Void, Never>
        let effect: Effect
    }

    public init(state: Deck.State, runner: EffectRunner) {
        self.state = state
        self.runner = runner
    }

    public func send(_ action: Action) {
        for effect in Deck.update(&state, action) { start(effect) }
    }

    /// Hears what an effect reports, unless a newer one has taken its lane since.
    public func receive(_ action: Action, from ticket: Int) {
        if running[ticket] != nil { send(action) }
    }

    /// Whether work is under way that will end by itself.
    public var isBusy: Bool { running.values.contains { !$0.effect.isStanding } }

    /// Called when the effect with this ticket has ended and all it reported has been heard.
    public func ended(_ ticket: Int) {
        guard let done = running.removeValue(forKey: ticket) else { return }
        if let lane = done.effect.lane, lanes[lane] == ticket { lanes[lane] = nil }
    }

    /// Ends everything but what the person's work depends on, and waits for that.
    public func close() async {
        for entry in running.values where !entry.effect.outlivesQuit { entry.task.cancel() }
        for entry in running.values where entry.effect.outlivesQuit { await entry.task.value }
    }

    // MARK: -

    private func start(_ effect: Effect) {
        if case .stop(let lane) = effect { return cancel(lane) }
        if let lane = effect.lane { cancel(lane) }
        tickets += 1
        let ticket = tickets
        if let lane = effect.lane { lanes[lane] = ticket }
        let runner = runner
        running[ticket] = Running(task: Task { await runner.run(effect, ticket: ticket) }, effect: effect)
    }

    private func cancel(_ lane: Lane) {
        guard let ticket = lanes.removeValue(forKey: lane) else { return }
        running.removeValue(forKey: ticket)?.task.cancel()
    }
}
