/// Several values of some settings: every combination of them is a job.
public struct Sweep: Hashable, Sendable {
    /// The values that one setting takes.
    public struct Axis: Hashable, Sendable {
        public let name: SettingName
        public let values: [String]
    }

    /// More jobs than these would not be a comparison any more.
    public static let most = 64

    public let axes: [Axis]

    /// Reads `learning_rate=1e-4,2e-4` and the like; layers of one value are parted by `+`.
    ///
    /// - Throws: at the first word that cannot be meant, naming the setting.
    public init(_ words: [String]) throws(SweepFault) {
        var axes: [Axis] = []
        for word in words {
            let axis = try Self.axis(word)
            if axes.contains(where: { $0.name == axis.name }) { throw .twice(axis.name) }
            axes.append(axis)
        }
        var count = 1
        for axis in axes {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: axis.values.count)
            if isTooLarge || product > Self.most { throw .tooMany(isTooLarge ? .max : product) }
            count = product
        }
        self.axes = axes
    }

    /// One request for every combination, those of the last setting side by side.
    ///
    /// - Throws: `alreadyGiven` when the request says one of the settings itself.
    public func requests(from base: HyperparameterRequest) throws(SweepFault) -> [HyperparameterRequest] {
        for axis in axes where axis.name.text(in: base) != nil { throw .alreadyGiven(axis.name) }
        var requests = [base]
        for axis in axes {
            var next: [HyperparameterRequest] = []
            for request in requests {
                for value in axis.values {
                    var changed = request
                    do { try axis.name.set(value, in: &changed) } catch { throw .value(error) }
                    next.append(changed)
                }
            }
            requests = next
        }
        return requests
    }

    // MARK: - Private

    private static func axis(_ word: String) throws(SweepFault) -> Axis {
        guard let equals = word.firstIndex(of: "=") else { throw .malformed(word) }
        let field = String(word[..<equals])
        guard let name = SettingName(rawValue: field) else { throw .unknownSetting(field) }
        let values = word[word.index(after: equals)...].split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmed }
        var canonical: [String] = []
        for value in values {
            var request = HyperparameterRequest()
            do { try name.set(value, in: &request) } catch { throw .value(error) }
            // 1e-4 and 0.0001 are one value.
            let text = name.text(in: request) ?? value
            if canonical.contains(text) { throw .sameValue(name, value) }
            canonical.append(text)
        }
        return Axis(name: name, values: canonical)
    }
}

/// Why a sweep cannot be run as it was written.
public enum SweepFault: ExplainedError, Hashable {
    case malformed(String)
    case unknownSetting(String)
    case value(SettingFault)
    case twice(SettingName)
    case sameValue(SettingName, String)
    case alreadyGiven(SettingName)
    case tooMany(Int)

    public var exitStatus: ExitStatus { .usage }

    public var explanation: Explanation {
        switch self {
        case .malformed(let word):
            Explanation(
                Wording("--sweep \(word) names no values.", "--sweep \(word) 没有给出取值。"),
                next: Wording(
                    "Write it as `--sweep learning_rate=1e-4,2e-4`.", "请写成 `--sweep learning_rate=1e-4,2e-4`。"))
        case .unknownSetting(let field):
            Explanation(
                Wording("--sweep \(field)=…: there is no setting \(field).", "--sweep \(field)=…：没有名为 \(field) 的设置。"),
                next: Wording(
                    "There are: \(SettingName.allCases.map(\.rawValue).joined(separator: ", ")).",
                    "可用的设置：\(SettingName.allCases.map(\.rawValue).joined(separator: "、"))。"))
        case .value(let fault):
            Explanation(
                Wording(
                    "--sweep \(fault.name.rawValue): “\(fault.text)” is no value of it.",
                    "--sweep \(fault.name.rawValue)：“\(fault.text)”不是可用的值。"),
                next: Wording("Give \(fault.wanted.english).", "请填写：\(fault.wanted.chinese)。"))
        case .twice(let name):
            Explanation(
                Wording("--sweep \(name.rawValue) is given twice.", "--sweep \(name.rawValue) 给出了两次。"),
                next: Wording("Put all of its values into one.", "请把它的所有值写在一起。"))
        case .sameValue(let name, let value):
            Explanation(
                Wording(
                    "--sweep \(name.rawValue): \(value) stands there twice.", "--sweep \(name.rawValue)：\(value) 出现了两次。"
                ),
                next: Wording("Leave one of them out.", "请去掉其中一个。"))
        case .alreadyGiven(let name):
            Explanation(
                Wording(
                    "\(name.rawValue) is given both as an option and in --sweep.",
                    "\(name.rawValue) 既作为选项给出，又出现在 --sweep 中。"),
                next: Wording("Leave one of them out.", "请去掉其中一个。"))
        case .tooMany(let count):
            Explanation(
                Wording(
                    "The sweep would be \(count == .max ? "far too many" : count.grouped) jobs; at most "
                        + "\(Sweep.most) are run.",
                    "这次扫描会产生\(count == .max ? "过多的" : " \(count.grouped) 个")任务；最多 \(Sweep.most) 个。"),
                next: Wording("Give fewer values.", "请减少取值。"))
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
