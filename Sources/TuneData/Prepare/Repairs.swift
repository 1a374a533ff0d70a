/// The repairs that some answers ask for, ready to be applied to one pair after another.
struct Repairs: Sendable {
    var removesDuplicates = false
    var removesLong = false
    var removesNear = false
    /// Those with more tokens than the model takes.
    var removesTooLong = false
    var lowersPrompts = false
    var lowersCompletions = false
    /// Bytes at the end that lower-casing leaves alone.
    var protectedPromptEnd = 0
    var protectedCompletionEnd = 0
    /// Appended to prompts.
    var separator: [UInt8] = []
    /// Code points taken off the front.
    var promptPrefix = 0
    var completionPrefix = 0
    /// Whether the completions' prefix begins with a space, which then stays.
    var keepsSpace = false
    /// Whether records are left out of whose completion nothing at all would be left.
    var dropsEmptied = false
    /// Appended to completions.
    var ending: [UInt8] = []
    var addsSpace = false

    func repair(prompt text: UnsafeBufferPointer<UInt8>, into buffer: ByteBuffer) {
        var text = text
        let scratch = lowersPrompts ? ByteBuffer(capacity: text.count + 16) : nil
        if let scratch {
            lower(text, protecting: protectedPromptEnd, into: scratch)
            text = scratch.bytes
        }
        if promptPrefix > 0 {
            text = UnsafeBufferPointer(rebasing: text[prefixLength(text, scalars: promptPrefix)...])
        }
        buffer.append(text)
        buffer.append(separator)
        withExtendedLifetime(scratch) {}
    }

    /// Appends the repaired completion; false when nothing is left of it, and the record has to be left out.
    func repair(completion text: UnsafeBufferPointer<UInt8>, into buffer: ByteBuffer) -> Bool {
        var text = text
        var needsSpace = addsSpace
        let scratch = lowersCompletions ? ByteBuffer(capacity: text.count + 16) : nil
        if let scratch {
            lower(text, protecting: protectedCompletionEnd, into: scratch)
            text = scratch.bytes
        }
        if completionPrefix > 0 {
            text = UnsafeBufferPointer(rebasing: text[prefixLength(text, scalars: completionPrefix)...])
            if text.isEmpty, dropsEmptied { return false }
            if keepsSpace {
                buffer.append(0x20)
                needsSpace = false
            }
        }
        if needsSpace, text.first ?? ending.first != 0x20 { buffer.append(0x20) }
        buffer.append(text)
        buffer.append(ending)
        withExtendedLifetime(scratch) {}
        return true
    }

    private func lower(_ text: UnsafeBufferPointer<UInt8>, protecting end: Int, into buffer: ByteBuffer) {
        let cut = max(text.count - end, 0)
        LetterCase.lower(UnsafeBufferPointer(rebasing: text[..<cut]), into: buffer)
        buffer.append(UnsafeBufferPointer(rebasing: text[cut...]))
    }
}
