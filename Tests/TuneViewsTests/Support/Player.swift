import Testing
import TuneCanvas
import TuneControl
import TuneModel
import TuneTestSupport

@testable import TuneViews

/// Plays keys to the whole dashboard and waits until it has nothing left to do.
@MainActor
final class Player {
    let screen: ScriptedScreen
    let loop: RunLoop
    private let wakes: AsyncStream<Wake>.AsyncIterator
    /// Whether the loop still runs.
    private(set) var isRunning = true

    init(_ world: World, width: Int = 80, height: Int = 24, language: Language = .english) {
        screen = ScriptedScreen(width, height)
        loop = RunLoop(
            screen: screen, world: world, state: Deck.State(language: language), theme: BuiltInTheme.theme)
        wakes = loop.wakes.makeAsyncIterator()
    }

    var state: Deck.State { loop.store.state }

    func start(opening files: [String] = []) async throws {
        loop.start(opening: files)
        try await settle()
    }

    /// Presses keys, written as `KeyNotation` reads them, one after the other.
    func press(_ notation: String) async throws {
        for key in try KeyNotation.keys(in: notation) {
            screen.press([key])
            isRunning = try loop.handle(.input)
            try await settle()
        }
    }

    /// Types a text, letter by letter.
    func type(_ text: String) async throws {
        screen.press(text.map { $0 == "\n" ? .enter : .character($0) })
        isRunning = try loop.handle(.input)
        try await settle()
    }

    func resize(_ width: Int, _ height: Int) throws {
        screen.size = Size(width: width, height: height)
        _ = try loop.handle(.resized)
    }

    /// Hears everything until no effect is under way that would end by itself.
    func settle() async throws {
        while loop.store.isBusy { try await hear() }
        loop.paint()
    }

    /// Hears news until a condition holds; for work that goes on by itself, such as following a job.
    func hear(until holds: (Deck.State) -> Bool) async throws {
        while !holds(state) { try await hear() }
        try await settle()
    }

    private func hear() async throws {
        // A copy of the iterator reads from the same stream.
        var next = wakes
        guard let wake = await next.next(isolation: #isolation) else { return }
        isRunning = try loop.handle(wake) && isRunning
    }

    /// Compares the screen with a golden one.
    func check(_ name: String, file: String = #filePath, at place: SourceLocation = #_sourceLocation) {
        guard let frame = screen.frame else { return }
        Golden.deck.check(frame, name, file: file, at: place)
    }
}

extension Golden {
    /// Each role under its letter.
    @MainActor static var deck: Golden {
        let letters = BuiltInTheme.theme.letters
        let theme = BuiltInTheme.theme
        return Golden { style in
            if let letter = letters[style] { return letter }
            // A role on the background of the cursor's row shows its own letter.
            for ground in [theme[.cursor], theme[.cursorUnfocused], theme[.header]]
            where style.background == ground.background {
                for role in Role.allCases where theme[role].on(ground.background) == style { return role.letter }
            }
            return "?"
        }
    }
}
