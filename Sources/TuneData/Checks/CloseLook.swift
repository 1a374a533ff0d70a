import TuneModel

/// The checks that read every letter of a row: near-duplicates, private data, and tokens. One thread uses it.
final class CloseLook {
    /// What was seen in one row.
    struct Traits: OptionSet {
        let rawValue: UInt8
        static let near = Traits(rawValue: 1)
        static let tooLong = Traits(rawValue: 2)
        static let secret = Traits(rawValue: 4)
    }

    private static let exampleLimit = 2

    private let options: CheckOptions
    private let texts: RecordTexts
    private let search: NearSearch?
    /// Whether there are few enough rows to compare them with each other.
    let comparesRows: Bool
    private(set) var near = RowList()
    private(set) var tooLong = RowList()
    private var unmeasured = RowList()
    private var found: [PrivateData.Kind: (rows: RowList, examples: [String])] = [:]
    private var sets: [Check: RowSet] = [:]

    init(at dataset: Dataset, _ options: CheckOptions) {
        self.options = options
        texts = RecordTexts(of: dataset)
        comparesRows = dataset.count <= options.mostRemembered
        search = comparesRows ? options.near.map { NearSearch(in: dataset, threshold: $0) } : nil
    }

    /// Looks at a row. `isRepeated` rows are no near-duplicates; `record` is asked for only when the row may have more
    /// tokens than the model takes.
    func look(
        at line: UnsafeBufferPointer<UInt8>, row: Int, isRepeated: Bool, record: () -> Record?
    ) throws(DataError) -> Traits {
        var traits: Traits = []
        if !isRepeated, let search, try search.match(line, row: row) != nil {
            near.add(row)
            sets[.near, default: RowSet()].insert(row)
            traits.insert(.near)
        }
        if options.looksForPrivateData, lookForPrivateData(in: line, row: row) { traits.insert(.secret) }
        if let measure = options.measure, Self.mayExceed(measure.context, line), let record = record() {
            if let count = try? measure.count(record) {
                if count.all > measure.context {
                    tooLong.add(row)
                    sets[.tooLong, default: RowSet()].insert(row)
                    traits.insert(.tooLong)
                }
            } else {
                unmeasured.add(row)
                sets[.unmeasured, default: RowSet()].insert(row)
            }
        }
        return traits
    }

    /// A token stands for a byte at least, or for a mark between turns.
    private static func mayExceed(_ context: Int, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.count + 64 > context
    }

    private func lookForPrivateData(in line: UnsafeBufferPointer<UInt8>, row: Int) -> Bool {
        var hasSecret = false
        texts.forEach(in: line) { text in
            PrivateDataScan.forEach(in: text) { data in
                var (rows, examples) = found[data.kind] ?? (RowList(), [])
                if rows.last != row {
                    rows.add(row)
                    sets[data.kind.check, default: RowSet()].insert(row)
                }
                if examples.count < Self.exampleLimit {
                    let masked = data.masked(in: text)
                    if !examples.contains(masked) { examples.append(masked) }
                }
                found[data.kind] = (rows, examples)
                if data.kind == .secret { hasSecret = true }
            }
        }
        return hasSecret
    }

    // MARK: - Findings

    /// All rows of each finding, by its id.
    var rowsByFinding: [String: RowSet] {
        Dictionary(uniqueKeysWithValues: sets.map { ($0.key.rawValue, $0.value) })
    }

    var findings: [Finding] {
        var findings: [Finding] = []
        if let measure = options.measure { findings += tokenFindings(measure) }
        if !comparesRows {
            findings.append(
                Finding(
                    id: "not-compared", severity: .note,
                    summary: Wording(
                        "More than \(options.mostRemembered.grouped) records are not compared with each other here; `tunedeck data check` looks for repeats and near-duplicates.",
                        "记录超过 \(options.mostRemembered.grouped) 条，此处不做相互比较；可用 `tunedeck data check` 查找重复和近似重复。")))
        }
        if near.count > 0, let threshold = options.near {
            findings.append(
                Finding(
                    id: Check.near.rawValue, severity: Check.near.severity,
                    summary: Self.nearSummary(near.count, threshold), rows: near.rows, count: near.count))
        }
        for kind in PrivateData.Kind.allCases {
            guard let (list, examples) = found[kind] else { continue }
            findings.append(
                Finding(
                    id: kind.check.rawValue, severity: kind.check.severity,
                    summary: Self.summary(kind, list.count, examples), rows: list.rows, count: list.count))
        }
        return findings
    }

    private func tokenFindings(_ measure: TokenMeasure) -> [Finding] {
        var findings: [Finding] = []
        let (model, context) = (shown(measure.model), measure.context.grouped)
        if tooLong.count > 0 {
            let n = tooLong.count.grouped
            findings.append(
                Finding(
                    id: Check.tooLong.rawValue, severity: Check.tooLong.severity,
                    summary: Wording(
                        "\(n) \(tooLong.count == 1 ? "record has" : "records have") more than the \(context) tokens that \(model) takes, and would be cut.",
                        "\(n) 条记录超过 \(model) 的上限 \(context) 个词元，会被截断。"), rows: tooLong.rows, count: tooLong.count))
        }
        if unmeasured.count > 0 {
            let n = unmeasured.count.grouped
            findings.append(
                Finding(
                    id: Check.unmeasured.rawValue, severity: Check.unmeasured.severity,
                    summary: Wording(
                        "\(n) \(unmeasured.count == 1 ? "record cannot" : "records cannot") be put into the form that \(model) expects.",
                        "\(n) 条记录无法转换成 \(model) 所需的形式。"), rows: unmeasured.rows, count: unmeasured.count))
        }
        return findings
    }

    private static func nearSummary(_ count: Int, _ threshold: Double) -> Wording {
        let share = percent(threshold)
        return Wording(
            "\(count.grouped) \(count == 1 ? "record says" : "records say") nearly the same as an earlier one (\(share) alike or more).",
            "\(count.grouped) 条记录与前面的几乎相同（相似度 \(share) 以上）。")
    }

    private static func summary(_ kind: PrivateData.Kind, _ count: Int, _ examples: [String]) -> Wording {
        let n = count.grouped
        let have = "\(n) \(count == 1 ? "record holds" : "records hold")"
        let what: (String, String) =
            switch kind {
            case .secret: ("what looks like keys, tokens or passwords", "疑似密钥、令牌或密码")
            case .card: ("payment card numbers", "银行卡号")
            case .idNumber: ("Chinese identity numbers", "身份证号")
            case .phone: ("telephone numbers", "电话号码")
            case .email: ("e-mail addresses", "电子邮箱地址")
            case .network: ("network addresses", "网络地址")
            }
        let list = examples.map { shown($0) }
        return Wording(
            "\(have) \(what.0), such as \(list.joined(separator: " and ")).",
            "\(n) 条记录含有\(what.1)，例如 \(list.joined(separator: "、"))。")
    }
}

/// A share as people read it.
func percent(_ share: Double) -> String {
    let hundredths = (share * 1000).rounded() / 10
    return hundredths == hundredths.rounded() ? "\(Int(hundredths)) %" : "\(hundredths) %"
}

extension PrivateData.Kind {
    var check: Check {
        switch self {
        case .secret: .secret
        case .card: .card
        case .idNumber: .idNumber
        case .phone: .phone
        case .email: .email
        case .network: .network
        }
    }
}
