/// Finds short input inside longer text: its letters in order, gaps allowed.
public enum Fuzzy {
    /// How well `text` fits; higher is better, nil is no match. Runs and word starts count for more.
    ///
    /// A Chinese character is also found by the first letter of its reading.
    public static func score(_ needle: String, in text: String) -> Int? {
        let wanted = Array(needle.lowercased().filter { !$0.isWhitespace })
        guard !wanted.isEmpty else { return 0 }
        let letters = Array(text.lowercased())
        var score = 0
        var found = 0
        var previous = -2
        for (index, letter) in letters.enumerated() where found < wanted.count && fits(wanted[found], letter) {
            let startsWord = index == 0 || !(letters[index - 1].isLetter || letters[index - 1].isNumber)
            score += previous == index - 1 ? 6 : index == 0 ? 9 : startsWord ? 5 : 1
            previous = index
            found += 1
        }
        guard found == wanted.count else { return nil }
        return score * 8 - min(letters.count, 64)
    }

    // MARK: -

    private static func fits(_ wanted: Character, _ letter: Character) -> Bool {
        wanted == letter || !letter.isASCII && Pinyin.reads(letter, wanted)
    }
}
