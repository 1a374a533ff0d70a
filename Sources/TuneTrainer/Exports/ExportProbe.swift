/// What the exported model itself says after a prompt: what any other program that loads the export can be held to.
public struct ExportProbe: Hashable, Sendable {
    /// One place of the likeliest continuation.
    public struct Place: Hashable, Sendable {
        /// The likeliest tokens, the best first; it is the one that goes on.
        public let tokens: [Int32]
        /// Their logits.
        public let logits: [Float]
    }

    public let prompt: String
    public let promptTokens: [Int32]
    public private(set) var places: [Place] = []

    /// Tokens that are kept of each place.
    private static let kept = 5

    init(prompt: String, promptTokens: [Int32]) {
        self.prompt = prompt
        self.promptTokens = promptTokens
    }

    /// Adds the next place. logits: (1, V)
    mutating func append(_ logits: Matrix) {
        var best: [Int] = []
        for i in 0..<logits.count {
            let place = best.firstIndex { logits.base[i] > logits.base[$0] } ?? best.count
            guard place < Self.kept else { continue }
            best.insert(i, at: place)
            if best.count > Self.kept { best.removeLast() }
        }
        places.append(Place(tokens: best.map(Int32.init), logits: best.map { logits.base[$0] }))
    }
}
