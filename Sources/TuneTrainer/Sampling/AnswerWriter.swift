import TuneModel

/// Writes one answer from logits: chooses its tokens, makes text of them and finds its end.
struct AnswerWriter {
    enum End { case length, endToken, stopString }

    /// Tokens chosen so far.
    private(set) var count = 0
    /// How the answer ended; `length` until something else ends it.
    private(set) var end = End.length
    private let tokenizer: Tokenizer
    /// Tokens that the answer may have.
    private let room: Int
    private var sampler: Sampler
    private var text = TextDecoder()
    private var stops: StopFinder
    /// Where spaces are parts of tokens, a turn's first word comes with one that is not part of the answer.
    private var dropsSpace: Bool

    init(_ request: AnswerRequest, tokenizer: Tokenizer, room: Int) {
        self.tokenizer = tokenizer
        self.room = room
        sampler = Sampler(request.sampling)
        stops = StopFinder(request.stop)
        dropsSpace = if case .chat = request.input { tokenizer.preTokenizer == nil } else { false }
    }

    /// Chooses a token from logits, (1, V), and yields the text that is safe to show. The token is what the model reads
    /// next; nil when the answer has ended.
    mutating func take(_ logits: Matrix, _ yield: (AnswerPart) -> Void) -> Int32? {
        guard count < room else { return nil }
        let token = sampler.choose(logits)
        count += 1
        if tokenizer.endIDs.contains(token) {
            end = .endToken
            return nil
        }
        var bytes = tokenizer.bytes(of: token)
        if dropsSpace, bytes.first == 0x20 { bytes.removeFirst() }
        dropsSpace = false
        let (safe, isStopped) = stops.append(text.append(bytes))
        if !safe.isEmpty { yield(.text(safe)) }
        if isStopped {
            end = .stopString
            return nil
        }
        return count < room ? token : nil
    }

    /// Yields what was held back, when nothing more comes.
    mutating func finish(_ yield: (AnswerPart) -> Void) {
        guard end != .stopString else { return }
        let rest = stops.append(text.finish()).text + stops.finish()
        if !rest.isEmpty { yield(.text(rest)) }
    }
}
