/// The languages that every text of the program exists in.
public enum Language: String, CaseIterable, Codable, Sendable {
    case english = "en"
    case chinese = "zh-Hans"

    /// The language of a POSIX locale name such as `zh_CN.UTF-8`; English unless it starts with `zh`.
    public init(locale: String) {
        self = locale.lowercased().hasPrefix("zh") ? .chinese : .english
    }

    /// The language that the usual environment variables ask for, in POSIX order of precedence.
    public init(environment: [String: String]) {
        let locale = ["TUNEDECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].lazy
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        self.init(locale: locale ?? "")
    }
}

/// One text in every language, written side by side so that neither can be forgotten.
public struct Wording: Hashable, Codable, Sendable {
    public let english: String
    public let chinese: String

    public init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// A text that reads the same everywhere: a name, a path, a number.
    public init(verbatim text: String) {
        self.init(text, text)
    }

    public subscript(language: Language) -> String {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }

    public static func + (head: Wording, tail: Wording) -> Wording {
        Wording(head.english + tail.english, head.chinese + tail.chinese)
    }
}
