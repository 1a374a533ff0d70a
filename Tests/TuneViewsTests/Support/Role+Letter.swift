@testable import TuneViews

extension Role {
    /// The letter of the role in a golden screen.
    var letter: Character {
        switch self {
        case .background: "."
        case .text: " "
        case .muted: "m"
        case .strong: "s"
        case .accent: "a"
        case .good: "g"
        case .warning: "w"
        case .error: "e"
        case .border: "b"
        case .borderFocused: "B"
        case .title: "t"
        case .titleFocused: "T"
        case .cursor: "C"
        case .cursorUnfocused: "c"
        case .header: "h"
        case .tab: "n"
        case .tabChosen: "N"
        case .key: "k"
        case .field: "f"
        case .mark: "·"
        case .chartLoss: "L"
        case .chartValidation: "V"
        case .chartAccuracy: "A"
        case .chartRate: "R"
        }
    }
}
