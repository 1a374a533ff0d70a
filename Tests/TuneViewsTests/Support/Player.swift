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
            screen: screen, world: world, state: Deck.State(language: language), theme: .lettered)
        wakes = loop.wakes.makeAsyncIterator()
    }

    var state: Deck.State { loop.store.state }

    func start(opening files: [String] = []) async throws {
        loop.start(opening: files)
        try await settle()
    }

    /// Presses keys, written as `KeyNotation` reads them, one after the other.
    ///
    /// - Parameter settling: whether everything that a key sets off is waited for; not where it goes on without end.
    func press(_ notation: String, settling: Bool = true) async throws {
        for key in try KeyNotation.keys(in: notation) {
            screen.press([key])
            isRunning = try loop.handle(.input)
            if settling { try await settle() } else { loop.paint() }
        }
    }

    /// Gives one key that no notation tells, such as what a mouse did.
    func press(_ key: Key) async throws {
        screen.press([key])
        try handleInput()
        try await settle()
    }

    /// Hears news until what can follow a key is shown.
    func hearHint() async throws {
        while !loop.showsHint { try await hear() }
        loop.paint()
    }

    /// Has the loop take the keys that the screen holds.
    func handleInput() throws { isRunning = try loop.handle(.input) && isRunning }

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
    func hear(until holds: (Deck.State) -> Bool, settling: Bool = true) async throws {
        while !holds(state) { try await hear() }
        if settling { try await settle() } else { loop.paint() }
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
        // A cell without a role would stand in the terminal's own colours, a patch on the theme.
        let colors = Theme.colors
        let strays = (0..<frame.size.height).flatMap { frame.row($0) }.filter { !colors.contains($0.style.foreground) }
        #expect(strays.isEmpty, sourceLocation: place)
        Golden.deck.check(frame, name, file: file, at: place)
    }
}

extension Theme {
    /// Every role in a colour of its own, so that a golden screen tells any two apart.
    @MainActor static let lettered = Theme(
        name: "lettered",
        styles: Dictionary(
            uniqueKeysWithValues: Role.allCases.enumerated().map { index, role in
                (role, Style(foreground: .indexed(UInt8(100 + index)), background: .indexed(0)))
            }))

    /// The colours that `lettered` uses.
    @MainActor static let colors = Set(Role.allCases.map { lettered[$0].foreground })
}

extension Golden {
    /// Each role under its letter.
    @MainActor static var deck: Golden {
        let letters = Dictionary(
            uniqueKeysWithValues: Role.allCases.map { (Theme.lettered[$0].foreground, $0.letter) })
        return Golden { letters[$0.foreground] ?? "?" }
    }
}
