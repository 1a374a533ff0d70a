/// What the first reading gathers from all rows, part by part in their order. One thread uses it.
struct FirstPass {
    private(set) var rows = 0
    private(set) var usable = 0
    /// Where the lines of the usable rows stand.
    private(set) var places = LinePlaces()
    private(set) var oversized = RowList()
    private(set) var noPrompt = RowList()
    private(set) var noCompletion = RowList()
    private(set) var emptyCompletion = RowList()
    private(set) var converted = RowList()
    private(set) var unclean = RowList()
    private(set) var duplicateRows = RowList()
    private(set) var longRows = RowList()
    private(set) var duplicates: RowSet
    private var pairs: DigestSet
    private(set) var completions = DigestSet()
    /// The completions by kind; nil once they are so many that it would take much memory, mostly in vain.
    private(set) var classes: ClassTable? = ClassTable()
    private static let mostClasses = 10_000
    private(set) var promptCase = LetterCase.Tally()
    private(set) var completionCase = LetterCase.Tally()
    private(set) var promptPrefix = CommonEdge(.start)
    private(set) var promptEnd = EndCensus()
    private(set) var completionPrefix = CommonEdge(.start)
    private(set) var completionEnd = EndCensus()
    private(set) var promptLength = FirstPart.Extent()
    private(set) var completionLength = FirstPart.Extent()
    private(set) var separators = MarkCensus(Surveyor.separators)
    private(set) var endings = MarkCensus(Surveyor.endings)
    private(set) var tallies = Array(repeating: Survey.Tally(), count: Survey.Signature.count)
    private var starts = CommonStart()
    private let known: KnownTexts

    /// `known` is told the completions that are known by now, so that parts need not bring them along.
    init(rows: Int, known: KnownTexts) {
        self.known = known
        duplicates = RowSet(rows: rows)
        pairs = DigestSet(expecting: rows)
    }

    /// Completions do not all begin with one character, or that is no space.
    var needsSpace: Bool { starts.needsSpace }

    mutating func add(_ part: FirstPart) {
        rows += part.rows
        usable += part.usable.count
        places.add(part.places)
        oversized.append(part.oversized)
        noPrompt.append(part.noPrompt)
        noCompletion.append(part.noCompletion)
        emptyCompletion.append(part.emptyCompletion)
        converted.append(part.converted)
        unclean.append(part.unclean)
        longRows.append(part.longRows)
        promptCase.add(part.promptCase)
        completionCase.add(part.completionCase)
        promptPrefix.narrow(by: part.promptPrefix)
        promptEnd.add(part.promptEnd)
        completionPrefix.narrow(by: part.completionPrefix)
        completionEnd.add(part.completionEnd)
        promptLength.add(part.promptLength)
        completionLength.add(part.completionLength)
        separators.add(part.separators)
        if part.hasNewline { separators.rule(out: 0) }
        endings.add(part.endings)
        starts.add(part.starts)
        addRows(part)
    }

    private mutating func addRows(_ part: FirstPart) {
        var added: [Digest] = []
        part.texts.bytes.withUnsafeBufferPointer { texts in
            for row in part.usable {
                var signature = row.signature
                if !pairs.insert(row.digest) {
                    duplicates.insert(row.row)
                    duplicateRows.add(row.row)
                    signature.insert(.duplicate)
                }
                tallies[Int(signature.rawValue)].rows.add(row.row)
                let isNew = completions.insert(row.completion)
                if isNew, completions.count > Self.mostClasses { classes = nil }
                guard classes != nil else { continue }
                if isNew { added.append(row.completion) }
                classes?.add(row.completion, signature) { texts[row.text!] }
            }
        }
        if classes == nil { known.close() } else { known.add(added) }
    }
}
