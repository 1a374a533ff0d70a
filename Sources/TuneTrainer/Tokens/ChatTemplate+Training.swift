import Foundation
public import TuneModel

extension ChatTemplate {
    /// The conversation's tokens, and which of them are learned: each trained answer with the token that ends it.
    public func encode(
        _ messages: [Message], with tokenizer: Tokenizer
    ) throws(TrainerError) -> (ids: [Int32], isTrained: [Bool]) {
        // Composed beforehand, so that places in the text are places in what the tokenizer sees.
        let messages = messages.map { message in
            var message = message
            message.content = tokenizer.normalized(message.content)
            return message
        }
        let text = try render(messages, promptsAnswer: false)
        let (ids, ranges) = tokenizer.encodeWithRanges(text)
        var isTrained = Array(repeating: false, count: ids.count)
        var token = 0
        for index in messages.indices where messages[index].isTrained {
            guard let answer = try place(of: index, in: messages, text) else { continue }
            // A token that began before the answer and reaches into it belongs to it.
            while token < ids.count, ranges[token].upperBound <= answer.lowerBound { token += 1 }
            while token < ids.count, ranges[token].lowerBound < answer.upperBound {
                isTrained[token] = true
                token += 1
            }
            if let end = endToken(after: token, ids, tokenizer) {
                for place in token...end { isTrained[place] = true }
                token = end + 1
            }
        }
        return (ids, isTrained)
    }

    /// Where the text holds what the model would write for a message, in UTF-8 offsets; nil where it is left out.
    ///
    /// The template is asked: with other words in the message's place, only those words change. What stands before
    /// them and after the prompt for an answer, such as an empty train of thought, is the model's to write as well.
    private func place(of index: Int, in messages: [Message], _ text: String) throws(TrainerError) -> Range<Int>? {
        var stand = "\u{F8FF}\(index)\u{F8FF}"
        while text.contains(stand) { stand += "\u{F8FF}" }
        var other = messages
        other[index].content = stand
        let changed = try render(other, promptsAnswer: false)
        guard let found = changed.range(of: stand, options: .literal) else { return nil }
        let before = Array(changed[..<found.lowerBound].utf8)
        let after = Array(changed[found.upperBound...].utf8)
        let bytes = Array(text.utf8)
        var start = zip(bytes, before).prefix { $0 == $1 }.count
        let end = max(start, bytes.count - zip(bytes.reversed(), after.reversed()).prefix { $0 == $1 }.count)
        // A template may refuse to be asked in the middle of a conversation; the words' own place then stands.
        if let prompt = try? render(Array(messages[..<index]), promptsAnswer: true) {
            let prompt = Array(prompt.utf8)
            if !prompt.isEmpty, prompt.count < start, bytes.starts(with: prompt) { start = prompt.count }
        }
        return start..<end
    }

    /// The place of the token that ends an answer, when nothing but white space stands before it.
    private func endToken(after first: Int, _ ids: [Int32], _ tokenizer: Tokenizer) -> Int? {
        var place = first
        while place < ids.count {
            if tokenizer.endIDs.contains(ids[place]) { return place }
            guard tokenizer.bytes(of: ids[place]).allSatisfy({ [0x20, 0x0A, 0x0D, 0x09].contains($0) }) else {
                return nil
            }
            place += 1
        }
        return nil
    }
}
