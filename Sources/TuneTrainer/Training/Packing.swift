extension Sequence<Example> {
    /// Cuts the examples, in order, into groups of at most `limit` tokens; a longer example is alone in its group. The
    /// two sequences of a preference pair stay together.
    func packed(into limit: Int) -> [[Example]] {
        var groups: [[Example]] = []
        var tokens = 0
        for example in self {
            if groups.isEmpty || tokens + example.size > limit {
                groups.append([])
                tokens = 0
            }
            groups[groups.count - 1].append(example)
            tokens += example.size
        }
        return groups
    }
}
