/// The classes that a file's records are sorted into.
public struct Labels: Hashable, Codable, Sendable {
    /// As they are written, those with the most records first, then by the alphabet.
    public let names: [String]
    private let numbers: [String: Int]

    /// More are no classes, whatever else they are.
    static let most = 50

    public init(_ names: [String]) {
        self.names = names
        var numbers: [String: Int] = [:]
        for (index, name) in names.enumerated() where numbers[AnswerText.normalized(name)] == nil {
            numbers[AnswerText.normalized(name)] = index
        }
        self.numbers = numbers
    }

    /// Those of records that are given one of a few short answers; nil where the answers are free texts.
    ///
    /// - Parameter isForced: takes whatever answers there are for classes, as long as they are not too many.
    public init?(recognizedIn expected: [String], isForced: Bool = false) {
        var counts: [String: (name: String, count: Int)] = [:]
        for text in expected {
            let name = AnswerText.trimmed(text)
            if name.isEmpty || (!isForced && name.unicodeScalars.count > 40) { return nil }
            counts[AnswerText.normalized(name), default: (name, 0)].count += 1
            if counts.count > Self.most { return nil }
        }
        // Every class has to come about three times, or they are rather answers that happen to be short.
        guard !counts.isEmpty, isForced || (counts.count > 1 && counts.count * 3 <= expected.count) else { return nil }
        self.init(counts.values.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.map(\.name))
    }

    /// The class that an answer names; nil when it names none.
    ///
    /// What goes on after the class is forgiven, since a model that was not taught to stop does so; a class that begins
    /// like another is told by the longer one.
    public func index(of answer: String) -> Int? {
        let answer = AnswerText.trimmed(answer)
        let whole = AnswerText.normalized(answer)
        if let index = numbers[whole] { return index }
        let line = answer.split(whereSeparator: \.isNewline).first.map { AnswerText.normalized(String($0)) } ?? ""
        if let index = numbers[line] { return index }
        return numbers.filter { Self.begins(line, with: $0.key) }.max { $0.key.count < $1.key.count }?.value
    }

    private static func begins(_ text: String, with label: String) -> Bool {
        guard !label.isEmpty, text.hasPrefix(label) else { return false }
        let rest = text.dropFirst(label.count)
        guard let next = rest.unicodeScalars.first, let last = label.unicodeScalars.last else { return true }
        return next == " " || last.standsAlone != next.standsAlone
    }
}
