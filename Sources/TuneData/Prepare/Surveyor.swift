/// Reads a file through and gathers its survey: once, and a second time when the first shows something that has to be
/// looked at record by record.
struct Surveyor {
    static let separators = [
        " ->", "\n\n###\n\n", "\n\n===\n\n", "\n\n---\n\n", "\n\n===>\n\n", "\n\n--->\n\n",
    ]
    static let lastSeparator = "\n\n### =>\n\n"
    static let endings = ["\n", ".", " END", "***", "+++", "&&&", "$$$", "@@@", "%%%"]
    static let lastEnding = " [END]"
    /// More characters than this in prompt and completion make a record long.
    static let longLimit = 10_000

    let dataset: Dataset
    let close: CloseSurvey
    var reader: PairReader
    private var survey = Survey()
    private var promptEnd = EndCensus()
    private var completionEnd = EndCensus()

    /// Surveys the records as they stand, or as they are once cleaned.
    static func survey(
        _ dataset: Dataset, isCleaning: Bool, close: CloseSurvey, work: DataWork
    ) throws(DataError) -> Survey {
        let reader = PairReader(dataset: dataset, isCleaning: isCleaning)
        var surveyor = Surveyor(dataset: dataset, close: close, reader: reader)
        surveyor.survey.isCleaned = isCleaning
        try surveyor.lookOver(work: work.stretch(0...0.6))
        try surveyor.lookClosely(work: work.stretch(0.6...1))
        return surveyor.survey
    }

    private init(dataset: Dataset, close: CloseSurvey, reader: PairReader) {
        self.dataset = dataset
        self.close = close
        self.reader = reader
    }

    // MARK: - First reading

    private mutating func lookOver(work: DataWork) throws(DataError) {
        while true {
            let keys = KeyCensus()
            let known = KnownTexts()
            var pass = FirstPass(rows: dataset.count, known: known)
            let (hasNoPrompts, close) = (survey.hasNoPrompts, close)
            try reader.gather(work: work, keys: keys) {
                FirstPart(hasNoPrompts: hasNoPrompts, close: close, texts: FreshTexts(known))
            } _: { part, pair, line in
                part.add(pair, in: line)
            } _: { part throws(DataError) in
                pass.add(part)
            }
            let promptKey = try key(dataset.columns.prompt, among: keys)
            let completionKey = try key(dataset.columns.completion, among: keys)
            if promptKey != reader.promptKey || completionKey != reader.completionKey {
                // The keys are spelled in another way than expected: now they are known.
                reader.promptKey = promptKey
                reader.completionKey = completionKey
                continue
            }
            if pass.noPrompt.count == pass.rows - pass.oversized.count, !survey.hasNoPrompts {
                survey.hasNoPrompts = true
                continue
            }
            survey.promptKey = promptKey
            survey.completionKey = completionKey
            survey.otherKeys = keys.names.filter { $0 != promptKey && $0 != completionKey }
                .map { String(decoding: $0, as: UTF8.self) }
            try take(pass, work: work)
            return
        }
    }

    private func key(_ column: String, among keys: KeyCensus) throws(DataError) -> [UInt8] {
        if let key = keys.key(for: column) { return key }
        if keys.key(for: "messages") != nil { throw .notCompletionData(file: dataset.path, shape: "chat") }
        if keys.key(for: "preferred_output") != nil {
            throw .notCompletionData(file: dataset.path, shape: "preference")
        }
        throw .missingColumn(
            file: dataset.path, column: column, found: keys.names.map { String(decoding: $0, as: UTF8.self) })
    }

    private mutating func take(_ pass: FirstPass, work: DataWork) throws(DataError) {
        guard pass.usable > 0 else { throw .nothingUsable(file: dataset.path, count: pass.rows) }
        survey.rows = pass.rows
        survey.usable = pass.usable
        survey.oversized = pass.oversized
        survey.noPrompt = pass.noPrompt
        survey.noCompletion = pass.noCompletion
        survey.emptyCompletion = pass.emptyCompletion
        survey.converted = pass.converted
        survey.unclean = pass.unclean
        survey.duplicates = pass.duplicates
        survey.duplicateRows = pass.duplicateRows
        survey.longRows = pass.longRows
        survey.distinctCompletions = pass.completions.count
        survey.classes = pass.classes
        survey.promptCase = pass.promptCase
        survey.completionCase = pass.completionCase
        survey.needsSpace = pass.needsSpace
        survey.tallies = try sampled(pass.tallies)
        survey.task =
            pass.promptLength.max == 0
            ? .openEnded
            : pass.completions.count * 3 < pass.usable
                ? .classification(classes: pass.completions.count) : .conditional

        survey.promptPrefix = pass.promptPrefix.bytes
        survey.completionPrefix = pass.completionPrefix.bytes
        survey.sharedCompletionStart = survey.completionPrefix
        survey.promptsAreSame = pass.promptLength.isOne && survey.promptPrefix.count == pass.promptLength.max
        survey.completionsAreSame =
            pass.completionLength.isOne && survey.completionPrefix.count == pass.completionLength.max
        if pass.usable > 1, survey.task != .openEnded, survey.promptsAreSame {
            throw .identicalPrompts(file: dataset.path, count: pass.usable)
        }
        if pass.usable > 1, survey.task == .conditional, survey.completionsAreSame {
            throw .identicalCompletions(file: dataset.path, count: pass.usable)
        }
        survey.promptSuffix = suffix(pass.promptEnd.edge.bytes, marks: Self.separators)
        survey.completionSuffix = suffix(pass.completionEnd.edge.bytes, marks: Self.endings)
        if case .classification = survey.task { survey.places = pass.places }
        (promptEnd, completionEnd) = (pass.promptEnd, pass.completionEnd)
        keepClassesApart(shortest: pass.completionLength.min)
        survey.separator = try mark(
            pass.separators, orElse: Self.lastSeparator, work: work
        ) { $0.prompt }
        survey.ending = try mark(pass.endings, orElse: Self.lastEnding, work: work) { $0.completion }
    }

    /// One record shares all of itself with itself: only a mark that is known as one counts as its ending then.
    private func suffix(_ common: [UInt8], marks: [String]) -> [UInt8] {
        guard survey.usable == 1 else { return common }
        return marks.map { Array($0.utf8) }.filter { common.count > $0.count && common.suffix($0.count) == $0[...] }
            .max { $0.count < $1.count } ?? []
    }

    /// Where the common prefix is the whole of one class, `class 1` beside `class 10`, only whole words come off.
    private mutating func keepClassesApart(shortest: Int) {
        guard case .classification = survey.task, shortest == survey.completionPrefix.count,
            !survey.completionsAreSame
        else { return }
        let space = survey.completionPrefix.lastIndex(of: 0x20) ?? -1
        survey.completionPrefix.removeLast(survey.completionPrefix.count - space - 1)
    }

    /// The first mark that occurs nowhere; reads on where the search had skipped rows for it.
    private func mark(
        _ census: MarkCensus, orElse last: String, work: DataWork,
        _ text: @escaping @Sendable (Pair) -> UnsafeBufferPointer<UInt8>
    ) throws(DataError) -> [UInt8] {
        var census = census
        while let place = census.firstUnseen {
            let mark = census.marks[place]
            guard try anyRow(of: census.unsearched, work: work, { contains(text($0), mark) }) else { return mark }
            census.rule(out: place)
        }
        return Array(last.utf8)
    }

    /// Tallies with the texts of their first rows.
    private func sampled(_ tallies: [Survey.Tally]) throws(DataError) -> [Survey.Tally] {
        var tallies = tallies
        for place in tallies.indices {
            for row in tallies[place].rows.rows.prefix(3) {
                try reader.walk(row..<row + 1, work: .quiet) { pair throws(DataError) in
                    tallies[place].samples.append(Survey.Sample(pair))
                }
            }
        }
        return tallies
    }

    // MARK: - Second reading

    /// Which rows lower-casing and the prefix touch, and the classes.
    private mutating func lookClosely(work: DataWork) throws(DataError) {
        let lowers = (survey.promptCase.isMostlyUpper, survey.completionCase.isMostlyUpper)
        if !mayBeClasses { survey.classes = nil }
        let needsClasses = mayBeClasses && survey.classes == nil
        if survey.task != .openEnded { try lookAtEnds(work: work.stretch(0...0.1)) }
        guard lowers.0 || lowers.1 || survey.offersCompletionPrefix || needsClasses else { return }

        let work = work.stretch(0.1...1)
        reader.isLooking = survey.unclean.count > 0
        let look = SecondLook(
            survey, close: close, lowersPrompts: lowers.0, lowersCompletions: lowers.1, needsClasses: needsClasses)
        let known = KnownTexts(isWanted: needsClasses)
        var pass = SecondPass(known: known, needsClasses: needsClasses)
        try reader.gather(work: work) {
            SecondPart(look, texts: FreshTexts(known))
        } _: { part, pair, _ in
            part.add(pair)
        } _: { part throws(DataError) in
            pass.add(part)
        }
        survey.tallies = try sampled(pass.tallies)
        if needsClasses { survey.classes = pass.classes }
        survey.emptiedRows = pass.emptiedRows
    }

    /// Whether what the texts end with also stands in one of them earlier.
    private mutating func lookAtEnds(work: DataWork) throws(DataError) {
        if !survey.promptSuffix.isEmpty {
            survey.promptSuffixRecurs =
                try promptEnd.unsearched(for: survey.promptSuffix).map { rows throws(DataError) in
                    let suffix = survey.promptSuffix
                    return try anyRow(of: rows, work: work.stretch(0...0.5)) { isEarlier(suffix, in: $0.prompt) }
                } ?? true
        }
        if !survey.completionSuffix.isEmpty {
            survey.completionSuffixRecurs =
                try completionEnd.unsearched(for: survey.completionSuffix).map { rows throws(DataError) in
                    let suffix = survey.completionSuffix
                    return try anyRow(of: rows, work: work.stretch(0.5...1)) { isEarlier(suffix, in: $0.completion) }
                } ?? true
        }
    }

    /// Whether something is true of a usable row in some ranges.
    private func anyRow(
        of ranges: [Range<Int>], work: DataWork, _ isTrue: @escaping @Sendable (Pair) -> Bool
    ) throws(DataError) -> Bool {
        let (reader, hasNoPrompts) = (reader, survey.hasNoPrompts)
        var isFound = false
        try inStretches(ranges, work: work) { range, work throws(DataError) -> Bool in
            var isFound = false
            try reader.walk(range, work: work) { pair throws(DataError) in
                guard !isFound, pair.isUsable(hasNoPrompts: hasNoPrompts) else { return }
                isFound = isTrue(pair)
            }
            return isFound
        } _: { isThere throws(DataError) in
            isFound = isFound || isThere
        }
        return isFound
    }

    /// Whether some answers could leave few enough different completions for classes. Lower-casing can merge any
    /// number of them, a leading space at most two into one, leaving out long records takes at most their number.
    private var mayBeClasses: Bool {
        if survey.task == .openEnded { return false }
        if survey.completionCase.isMostlyUpper { return true }
        let mergesPairs = survey.needsSpace || survey.offersCompletionPrefix
        let left = survey.longRows.count + close.near.count + close.tooLong.count
        let fewest = survey.distinctCompletions / (mergesPairs ? 2 : 1) - left - 1
        return fewest * 3 < survey.usable
    }
}
