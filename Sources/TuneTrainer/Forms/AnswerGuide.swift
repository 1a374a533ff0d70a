import TuneModel

/// Holds one answer to a form: tells which tokens may come next.
///
/// Where the form is complete and nothing may follow, the answer ends; where it may end, so may the answer. At the
/// limit of its tokens an answer ends whether or not its form is complete.
struct AnswerGuide {
    private let matcher: FormMatcher
    private let trie: VocabularyTrie
    private let tokenizer: Tokenizer
    private let endIDs: Set<Int32>
    private var place: Int32
    /// By place.
    private var masks: [Int32: TokenMask] = [:]

    private static let mostMasks = 1_024

    /// `endIDs` are what ends an answer.
    init(_ form: AnswerForm, tokenizer: Tokenizer, endIDs: Set<Int32>) throws(AnswerFault) {
        do {
            matcher = FormMatcher(try form.machine())
        } catch {
            throw .form(error)
        }
        trie = tokenizer.trie
        self.tokenizer = tokenizer
        self.endIDs = endIDs
        place = matcher.start
    }

    /// Whether nothing may follow.
    var isComplete: Bool { !matcher.goesOn(place) }

    /// What may come next; empty where the vocabulary has nothing that could.
    mutating func allowed() -> TokenMask {
        if matcher.isFull {
            place = matcher.forget(allBut: place)
            masks = [:]
        }
        if let known = masks[place] { return known }
        if masks.count >= Self.mostMasks { masks = [:] }
        var mask = trie.tokens(after: place, in: matcher)
        if matcher.isEnd(place) { for id in endIDs { mask.insert(id) } }
        masks[place] = mask
        return mask
    }

    /// Takes a token that was allowed.
    mutating func take(_ token: Int32) { place = matcher.step(place, tokenizer.bytes(of: token)) }
}

extension AnswerForm {
    /// Throws what is wrong with the form.
    func machine() throws(FormFault) -> GrammarMachine {
        switch self {
        case .json: try JSONSchemaGrammar.machine(nil)
        case .schema(let schema): try JSONSchemaGrammar.machine(schema)
        case .grammar(let source): try GrammarParser.machine(source)
        }
    }
}
