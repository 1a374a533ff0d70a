/// The words of a text as ROUGE compares them: runs of letters and digits without regard to case; a Chinese or Japanese
/// character is a word by itself.
enum Words {
    static func of(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func close() {
            if !word.isEmpty { words.append(String(word)) }
            word.removeAll()
        }
        for scalar in text.lowercased().unicodeScalars {
            if scalar.standsAlone {
                close()
                words.append(String(scalar))
            } else if isPart(scalar) {
                word.append(scalar)
            } else {
                close()
            }
        }
        close()
        return words
    }

    /// Marks above and below letters belong to their words.
    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}

/// Numbers in place of texts that are compared again and again.
struct Numbering {
    private var numbers: [String: Int] = [:]

    /// The same number for the same text, counted from 0.
    mutating func number(_ texts: [String]) -> [Int] {
        texts.map { text in
            if let number = numbers[text] { return number }
            numbers[text] = numbers.count
            return numbers.count - 1
        }
    }
}

/// How often each run of some neighbouring tokens occurs in a text.
struct Runs {
    private var counts: [ArraySlice<Int>: Int] = [:]

    init(of tokens: [Int], length: Int) {
        guard tokens.count >= length else { return }
        for start in 0...(tokens.count - length) { counts[tokens[start..<(start + length)], default: 0] += 1 }
    }

    /// Runs that both texts have, each as often as the one that has it less.
    func shared(with other: Runs) -> Int {
        counts.reduce(0) { $0 + min($1.value, other.counts[$1.key] ?? 0) }
    }
}
