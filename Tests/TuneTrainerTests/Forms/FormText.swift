import TuneModel

@testable import TuneTrainer

extension AnswerForm {
    /// Whether the form takes the whole text.
    func takes(_ text: String) throws -> Bool {
        let matcher = FormMatcher(try machine())
        return matcher.isEnd(matcher.step(matcher.start, text.utf8))
    }

    /// What is wrong with the form, if anything.
    var fault: FormFault? {
        do {
            _ = try machine()
            return nil
        } catch {
            return error
        }
    }

    /// A text that the form takes, byte by byte by chance, with short texts likelier; nil where it has no end so soon.
    func text(_ source: inout SplitMix64, limit: Int = 4_000) throws -> String? {
        let matcher = FormMatcher(try machine())
        var place = matcher.start
        var bytes: [UInt8] = []
        while matcher.goesOn(place) {
            guard bytes.count < limit else { return nil }
            if matcher.isEnd(place), source.below(4) == 0 { break }
            let next = (UInt8.min...UInt8.max).filter { matcher.step(place, $0) >= 0 }
            // What closes is chosen more often than its share of all characters.
            let closing = next.filter { #""]}"#.utf8.contains($0) }
            let choices = closing.isEmpty || source.below(3) > 0 ? next : closing
            bytes.append(choices[source.below(choices.count)])
            place = matcher.step(place, bytes.last!)
        }
        return matcher.isEnd(place) ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
