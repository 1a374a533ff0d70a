import TuneModel

/// The answers at work and those that wait: what goes into each step, and what becomes of it. One owner.
struct ScheduledWork {
    /// Prompt tokens in a step while nobody's answer waits for it, and while somebody's does.
    private static let readAlone = 512
    private static let readBeside = 64
    /// Prompt tokens in a step whose logits are asked for.
    private static let readAloud = 64
    /// A prompt that shares so many tokens with one that is being read waits for them.
    private static let worthWaiting = 16

    private let limits: AnswerScheduler.Limits
    private let open: () throws(TrainerError) -> BatchedLlama
    private let check: () throws(TrainerError) -> Void
    private var model: BatchedLlama?
    private var prefixes: PrefixCache?
    private var waiting: [LiveAnswer] = []
    /// In the order of their coming.
    private var live: [LiveAnswer] = []

    /// Rows and wanted rows that a model has to be laid out for.
    static func rows(_ limits: AnswerScheduler.Limits) -> (all: Int, wanted: Int) {
        (readAlone + limits.answers, readAloud + limits.answers)
    }

    init(
        _ limits: AnswerScheduler.Limits, open: @escaping () throws(TrainerError) -> BatchedLlama,
        check: @escaping () throws(TrainerError) -> Void
    ) {
        (self.limits, self.open, self.check) = (limits, open, check)
    }

    var isIdle: Bool { waiting.isEmpty && live.isEmpty }

    mutating func enter(_ arrivals: [LiveAnswer]) { waiting += arrivals }

    /// One step of everything that is at work.
    mutating func step() {
        // Whoever is gone gives up its place and its memory.
        waiting.removeAll(where: \.isCancelled)
        live.removeAll(where: \.isCancelled)
        guard !isIdle else { return }
        do throws(TrainerError) {
            // What is laid out is a copy, which nothing that happens to the files reaches.
            if model?.strips == nil { try check() }
            if model == nil { model = try open() }
        } catch {
            for answer in waiting + live { answer.fail(error) }
            (waiting, live, model, prefixes) = ([], [], nil, nil)
            return
        }
        guard let model else { return }
        if prefixes == nil { prefixes = PrefixCache(model.layout, limit: limits.prefixBytes) }
        let free = limits.answers - live.count
        live += waiting.prefix(free)
        waiting.removeFirst(min(free, waiting.count))
        step(model)
    }

    private mutating func step(_ model: BatchedLlama) {
        let (answers, parts) = nextParts()
        let logits = model.step(parts)
        var (ready, row): ([(answer: LiveAnswer, logits: Matrix)], Int) = ([], 0)
        for (answer, part) in zip(answers, parts) where part.wanted > 0 {
            // Whoever asks the same next finds it read.
            if !answer.isReading, answer.answer.isEmpty { keep(answer) }
            ready.append((answer, logits[rows: row..<row + part.wanted]))
            row += part.wanted
        }
        if ready.count == 1 {
            ready[0].answer.take(ready[0].logits)
        } else {
            model.team.each(ready.count) { item, _ in ready[item].answer.take(ready[item].logits) }
        }
        for answer in live where answer.isDone { keep(answer) }
        live.removeAll(where: \.isDone)
    }

    private mutating func keep(_ answer: LiveAnswer) {
        guard let cache = answer.cache else { return }
        prefixes?.keep(answer.taken, cache, adapter: answer.adapter?.identity)
    }

    // MARK: - What goes into a step

    private mutating func nextParts() -> (answers: [LiveAnswer], parts: [StepPart]) {
        let writing = live.filter { !$0.isReading }
        var answers = writing
        var parts = writing.map { $0.part(limit: 1) }
        var (room, aloud) = (writing.isEmpty ? Self.readAlone : Self.readBeside, Self.readAloud)
        for (index, answer) in readers().enumerated() where room > 0 {
            // The one that came first moves on in every step; the shortest follow, so that none waits for a long one.
            var limit = index == 0 && readingCount > 1 ? (room + 1) / 2 : room
            if answer.needsPromptLogits { limit = min(limit, aloud) }
            guard limit > 0 else { continue }
            let part = answer.part(limit: limit)
            if answer.needsPromptLogits { aloud -= part.tokens.count }
            answers.append(answer)
            parts.append(part)
            room -= part.tokens.count
        }
        return (answers, parts)
    }

    private var readingCount: Int { live.count(where: \.isReading) }

    /// Those who read, the one that came first before the others, these by what they have left to read; without those who
    /// wait for another to read what they begin with, too.
    private mutating func readers() -> [LiveAnswer] {
        var readers: [LiveAnswer] = []
        for answer in live where answer.isReading {
            if answer.cache == nil {
                guard !isWorthWaiting(answer, for: readers) else { continue }
                // At least one token has to be read for the logits that follow.
                let known = answer.needsPromptLogits ? [] : answer.prompt.dropLast()
                answer.begin(with: prefixes!.take(known, adapter: answer.adapter?.identity))
            }
            readers.append(answer)
        }
        guard let first = readers.first else { return [] }
        return [first] + readers.dropFirst().sorted { $0.unread < $1.unread }
    }

    private func isWorthWaiting(_ answer: LiveAnswer, for readers: [LiveAnswer]) -> Bool {
        guard !answer.needsPromptLogits else { return false }
        let identity = answer.adapter?.identity
        let prompt = answer.prompt.dropLast()
        let known = prefixes!.match(prompt, adapter: identity)
        return readers.contains {
            $0.adapter?.identity == identity
                && commonPrefix($0.prompt, prompt) >= known + Self.worthWaiting
        }
    }
}
