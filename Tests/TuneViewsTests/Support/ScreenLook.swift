import Testing
import TuneModel

/// A size and a language that a screen is looked at in.
struct ScreenLook: CustomTestStringConvertible, Sendable {
    let width: Int
    let height: Int
    let language: Language

    /// A small terminal and a large one.
    static let smallAndLarge = [(80, 24), (160, 48)].flatMap { width, height in
        Language.allCases.map { ScreenLook(width: width, height: height, language: $0) }
    }

    var testDescription: String { "\(width)-\(language.rawValue)" }

    @MainActor func player(_ fake: FakeWorld) -> Player {
        Player(fake.world, width: width, height: height, language: language)
    }
}
