import TuneCanvas
import TuneControl
import TuneModel

/// An answer, and the conversation before it, wrapped into rows and scrolled.
struct AnswerRows {
    struct Row {
        let text: String
        let role: Role
        /// Columns kept free at the left.
        var indent = 0
        /// What stands in them.
        var sign = ""
        /// Bytes of the newest answer that come before the row; nil for other rows.
        var offset: Int?
    }

    private(set) var rows: [Row] = []
    /// The first row of what was asked last.
    private var start = 0
    private let width: Int
    private let look: Look
    private let measure: GlyphWidth

    init(width: Int, look: Look, measure: GlyphWidth) {
        self.width = width
        self.look = look
        self.measure = measure
    }

    // MARK: - Rows

    /// What is asked from here on is what is shown first.
    mutating func beginTurn() {
        if !rows.isEmpty { rows.append(Row(text: "", role: .text)) }
        start = rows.count
    }

    mutating func add(_ text: String, _ role: Role, sign: String = "") {
        let indent = measure.columns(of: sign)
        for (index, line) in lines(of: text, indent).enumerated() {
            rows.append(Row(text: String(line), role: role, indent: indent, sign: index == 0 ? sign : ""))
        }
    }

    /// An answer, with how it ended where that is no matter of course.
    mutating func add(_ side: AnswerSide, isNewest: Bool) {
        // The space that completions begin with would only be a gap here.
        let text = side.text.trimmedStart
        let dropped = side.text.utf8.count - text.utf8.count
        if !text.isEmpty || side.summary != nil {
            for line in lines(of: text, 0) {
                let offset = dropped + text.utf8.distance(from: text.startIndex, to: line.startIndex)
                rows.append(Row(text: String(line), role: .text, offset: isNewest ? offset : nil))
            }
        }
        switch side.phase {
        case .failed(let why):
            add(look.say(why.what), .error, sign: "✗ ")
            add(look.say(why.next), .text, sign: "  ")
        case .finished(let summary) where isNewest: add(ending(summary, ofNothing: text.isEmpty), .muted)
        case .waiting, .streaming, .stopped, .finished: break
        }
    }

    // MARK: - Scrolling

    /// The highest first row, so that the last row is still at the bottom.
    func lastTop(height: Int) -> Int { max(0, rows.count - height) }

    /// The first row shown.
    ///
    /// - Parameters:
    ///   - wanted: where a person has scrolled to; nil follows an open answer at its end, and else shows it from what
    ///     was asked on.
    ///   - byte: a place in the newest answer that has to be in sight.
    func top(height: Int, wanted: Int?, isOpen: Bool, byte: Int? = nil) -> Int {
        let last = lastTop(height: height)
        let top = min(last, wanted ?? (isOpen ? last : start))
        guard let byte, let row = rows.lastIndex(where: { $0.offset.map { $0 <= byte } ?? false }) else { return top }
        return max(row - height + 1, min(top, row))
    }

    // MARK: - Drawing

    /// - Parameter tokens: what the newest answer is made of, to be coloured by how sure the model was.
    func draw(in area: Rect, top: Int, tokens: TokenColors? = nil, on surface: inout Surface) {
        for (line, row) in rows.dropFirst(top).prefix(area.height).enumerated() {
            let place = area.row(line)
            surface.write(row.sign, in: place, style: look[.accent])
            let inside = place.inset(left: row.indent)
            if let tokens, let offset = row.offset {
                draw(row.text, from: offset, tokens, in: inside, on: &surface)
            } else {
                surface.write(row.text, in: inside, style: look[row.role], overflow: .cut)
            }
        }
        let edge = Rect(x: area.endX, y: area.y, width: 1, height: area.height)
        ScrollMark(top: top, visible: area.height, count: rows.count, style: look[.border]).draw(in: edge, on: &surface)
    }

    // MARK: -

    private func lines(of text: String, _ indent: Int) -> [Substring] {
        TextWrap(width: max(1, width - indent), measure: measure).lines(of: text)
    }

    private func draw(
        _ text: String, from start: Int, _ tokens: TokenColors, in place: Rect, on surface: inout Surface
    ) {
        var x = place.x
        var offset = start
        for character in text where x < place.endX {
            let style = tokens.style(at: offset, look)
            x += surface.write(
                String(character), at: Point(x: x, y: place.y), style: style, width: place.endX - x, overflow: .cut)
            offset += character.utf8.count
        }
    }

    private func ending(_ summary: AnswerSummary, ofNothing isEmpty: Bool) -> String {
        if isEmpty, summary.finish == .stop {
            return look.say("It ended without a word; r asks again.", "没有给出内容就结束了；按 r 再问一次。")
        }
        let tokens = summary.completionTokens
        let word = tokens == 1 ? "token" : "tokens"
        return summary.finish == .length
            ? look.say("cut off after \(tokens) \(word)", "达到 \(tokens) 个词元后截断")
            : look.say("\(tokens) \(word)", "\(tokens) 个词元")
    }
}

/// The tokens of an answer by the bytes that they cover.
struct TokenColors {
    /// The first byte behind each token.
    private let ends: [Int]
    private let doubts: [Role]
    private let chosen: Int

    init(_ tokens: [ChosenToken], chosen: Int) {
        var end = 0
        ends = tokens.map { token in
            end += token.chosen.bytes.count
            return end
        }
        doubts = tokens.map { Self.role($0.chosen.probability) }
        self.chosen = chosen
    }

    /// The first byte of the token that is looked at.
    var start: Int { chosen > 0 && chosen <= ends.count ? ends[chosen - 1] : 0 }

    func style(at byte: Int, _ look: Look) -> Style {
        guard let token = index(of: byte) else { return look[.text] }
        var style = look[doubts[token]]
        // Seen without colours, too.
        if token == chosen { style.attributes.formUnion(.reverse) }
        return style
    }

    /// How a token is shown that had this probability.
    static func role(_ probability: Double) -> Role {
        probability < 0.1 ? .error : probability < 0.5 ? .warning : .text
    }

    private func index(of byte: Int) -> Int? {
        var (low, high) = (0, ends.count)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] <= byte { low = middle + 1 } else { high = middle }
        }
        return low < ends.count ? low : nil
    }
}
