import ArgumentParser
import Foundation
import TuneModel

/// The language of this process.
enum Speech {
    static let language = Language(environment: ProcessInfo.processInfo.environment)
}

/// A help text in the language of the environment.
func told(_ english: String, _ chinese: String) -> String {
    Wording(english, chinese)[Speech.language]
}

/// The same for an option or argument.
func help(_ english: String, _ chinese: String, name: String? = nil) -> ArgumentHelp {
    ArgumentHelp(stringLiteral: told(english, chinese)).named(name)
}

extension ArgumentHelp {
    fileprivate func named(_ name: String?) -> ArgumentHelp {
        var help = self
        help.valueName = name
        return help
    }
}
