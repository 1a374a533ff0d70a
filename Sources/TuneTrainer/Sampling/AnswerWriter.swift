import TuneModel

/// Writes one answer from logits: chooses its tokens, makes text of them and finds its end.
///
/// Whoever computes logits makes one for each request, calls `echo` for every place of the prompt but the last where
/// `needsPromptLogits`, then `take` with the logits after the prompt and after each token that it returned, and
/// `finish` at the end, also when the answer is broken off.
struct AnswerWriter {
    /// `endToken` also says that the answer's form is complete.
    enum End { case length, endToken, stopString }

    /// Tokens chosen so far.
    private(set) var count = 0
    /// How the answer ended; `length` until something else ends it.
    private(set) var end = End.length
    /// Whether the request asks how likely the prompt's own tokens are.
    let needsPromptLogits: Bool
    private let tokenizer: Tokenizer
    /// Tokens that the answer may have.
    private let room: Int
    private let endIDs: Set<Int32>
    private let chances: TokenChances?
    private var sampler: Sampler
    private var guide: AnswerGuide?
    private var echo: PromptEcho?
    private var stops: StopFinder
    private var told = ToldTokens()
    /// Where spaces are parts of tokens, a turn's first word comes with one that is not part of the answer.
    private var dropsSpace: Bool
    private var dropsLineEnds: Bool

    /// `prompt` is what the model reads. Throws what is wrong with the request for this model.
    init(_ request: AnswerRequest, prompt: [Int32], tokenizer: Tokenizer, room: Int) throws(TrainerError) {
        endIDs = tokenizer.endIDs.union(request.stopTokens)
        do {
            try request.check()
            try request.check(vocabulary: tokenizer.count)
            guide = try request.form.map { form throws(AnswerFault) in
                try AnswerGuide(form, tokenizer: tokenizer, endIDs: tokenizer.endIDs.union(request.stopTokens))
            }
        } catch {
            throw .request(error)
        }
        self.tokenizer = tokenizer
        self.room = room
        chances = request.alternatives.map { TokenChances(tokenizer: tokenizer, alternatives: $0) }
        sampler = Sampler(request.sampling, prompt: prompt)
        echo = request.echoesPrompt ? PromptEcho(prompt, of: request.input, tokenizer: tokenizer) : nil
        needsPromptLogits = request.echoesPrompt && chances != nil
        stops = StopFinder(request.stop)
        dropsSpace = if case .chat = request.input { tokenizer.preTokenizer == nil } else { false }
        // A form says itself what an answer begins with.
        dropsLineEnds = request.skipsFirstLineEnds && guide == nil
    }

    /// Takes the logits, (1, V), after a token of the prompt: of the first at the first call, and so on. What an
    /// earlier question left in a cache has to be read again for them.
    mutating func echo(_ logits: Matrix) {
        guard let chances else { return }
        echo?.read(logits, chances)
    }

    /// Chooses a token from logits, (1, V), and yields the text that is safe to show. The token is what the model reads
    /// next; nil when the answer has ended.
    mutating func take(_ logits: Matrix, _ yield: (AnswerPart) -> Void) -> Int32? {
        tellPrompt(yield)
        guard count < room, end == .length else { return nil }
        let allowed = guide?.allowed()
        // A vocabulary that cannot write what the form asks for next: there is nothing to take.
        if let allowed, allowed.isEmpty { return nil }
        let token = sampler.choose(logits, allowed: allowed)
        count += 1
        if endIDs.contains(token) {
            end = .endToken
            return nil
        }
        var bytes = tokenizer.bytes(of: token)
        if dropsSpace, bytes.first == 0x20 { bytes.removeFirst() }
        dropsSpace = false
        if dropsLineEnds {
            bytes.removeFirst(bytes.prefix { $0 == 0x0a || $0 == 0x0d }.count)
            if bytes.isEmpty { return count >= room ? nil : token }
            dropsLineEnds = false
        }
        told.append(chances?.chosen(token, bytes, from: logits), length: bytes.count)
        let (safe, isStopped) = stops.append(bytes)
        show(safe, isLast: isStopped, yield)
        if isStopped { end = .stopString }
        guide?.take(token)
        if !isStopped, let guide, guide.isComplete { end = .endToken }
        return end != .length || count >= room ? nil : token
    }

    /// Yields what was held back, when nothing more comes.
    mutating func finish(_ yield: (AnswerPart) -> Void) {
        tellPrompt(yield)
        guard end != .stopString else { return }
        show(stops.finishBytes(), isLast: true, yield)
    }

    // MARK: -

    private mutating func tellPrompt(_ yield: (AnswerPart) -> Void) {
        guard let echo else { return }
        yield(.text(echo.text, chances == nil ? [] : echo.tokens))
        self.echo = nil
    }

    private mutating func show(_ bytes: [UInt8], isLast: Bool, _ yield: (AnswerPart) -> Void) {
        let tokens = told.take(upTo: bytes.count, isLast: isLast)
        guard !bytes.isEmpty || !tokens.isEmpty else { return }
        yield(.text(String(decoding: bytes, as: UTF8.self), tokens))
    }
}

/// Tokens whose text has not been shown yet, in order.
private struct ToldTokens {
    /// `length` is what has not been shown of a token's bytes.
    private var waiting: [(token: ChosenToken, length: Int)] = []

    /// Nil for a token that nobody asks about.
    mutating func append(_ token: ChosenToken?, length: Int) {
        if let token { waiting.append((token, length)) }
    }

    /// The tokens that end within the next `length` bytes of the text. With the last bytes of all, also the one that a
    /// stop string cuts, with its bytes before; what follows was not shown and is not told.
    mutating func take(upTo length: Int, isLast: Bool) -> [ChosenToken] {
        var taken: [ChosenToken] = []
        var rest = length
        while let (token, unseen) = waiting.first {
            guard unseen <= rest else { break }
            rest -= unseen
            taken.append(token)
            waiting.removeFirst()
        }
        if let (token, unseen) = waiting.first {
            waiting[0].length = unseen - rest
            let seen = token.chosen.bytes.prefix(token.chosen.bytes.count - unseen + rest)
            if isLast, !seen.isEmpty {
                let chosen = ChosenToken.Chance(
                    id: token.chosen.id, bytes: Array(seen), logProbability: token.chosen.logProbability)
                taken.append(ChosenToken(chosen: chosen, alternatives: token.alternatives))
            }
        }
        if isLast { waiting = [] }
        return taken
    }
}
