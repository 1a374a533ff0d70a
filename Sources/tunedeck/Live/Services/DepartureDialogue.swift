import Foundation
import TuneClient
import TuneModel

/// Shows a person what would leave, and asks what has to be asked.
struct DepartureDialogue {
    enum Reuse { case ask, take, never }

    let console: Console
    /// Whether everything was agreed to beforehand.
    let isAgreed: Bool
    let reuse: Reuse

    /// Decides about files that the service may have already: asks in a terminal. Where nobody can be asked, one with the
    /// same bytes is taken, and one that only looks the same is not.
    func choose(_ departures: [Departure]) throws -> DepartureChoices {
        var choices = DepartureChoices(isAgreed: isAgreed)
        var seen = Set<String>()
        for departure in departures {
            for file in departure.files where seen.insert(file.path).inserted {
                if let id = try pick(file.candidates, for: file.path, at: departure.service) {
                    choices.reuse[file.path] = id
                }
            }
        }
        return choices
    }

    /// - Returns: the id of the file to take, nil to upload.
    func pick(_ candidates: [UploadCandidate], for path: String, at service: ServiceName) throws -> String? {
        guard !candidates.isEmpty, reuse != .never else { return nil }
        let likeliest = candidates.first { $0.match == .bytes }
        if reuse == .take { return tell((likeliest ?? candidates[0]).id, for: path, at: service) }
        guard Self.canAsk else { return likeliest.flatMap { tell($0.id, for: path, at: service) } }
        let name = URL(filePath: path).lastPathComponent
        console.remark(
            Wording("\(service) may have \(name) already:", "\(service) 可能已有 \(name)："))
        for candidate in candidates { console.remark(Self.line(candidate)) }
        let known = Set(candidates.map(\.id))
        while true {
            let answer = try Self.ask(
                Wording("An id to take that one, or Enter to upload: ", "输入编号以使用该文件，或按回车上传："), console)
            if answer.isEmpty { return nil }
            if known.contains(answer) { return answer }
            console.remark(Wording("\(answer) is none of these ids.", "\(answer) 不在这些编号之中。"))
        }
    }

    /// Asks for what departures need, once for all of them.
    ///
    /// - Throws: `needsConsent` where nobody can be asked, `declined` after a no.
    func agree(_ departures: [Departure], _ choices: DepartureChoices) throws -> DepartureChoices {
        let open = departures.compactMap { $0.asking(choices) }
        guard !choices.isAgreed, let first = open.first else { return choices.agreed }
        guard Self.canAsk else { throw DepartureFault.needsConsent(first.reasons) }
        for wording in Self.distinct(open.map(\.reasons)) { console.remark(Wording("⚠ ", "⚠ ") + wording) }
        let answer = try Self.ask(Wording("Send it? [y/N] ", "确定发送？[y/N] "), console)
        guard ["y", "yes", "是"].contains(answer.lowercased()) else { throw DepartureFault.declined }
        return choices.agreed
    }

    // MARK: - Private

    private func tell(_ id: String, for path: String, at service: ServiceName) -> String {
        let name = URL(filePath: path).lastPathComponent
        console.remark(
            Wording(
                "\(name) is at \(service) already, as \(id), and is taken from there (--upload-again sends it anew).",
                "\(name) 已在 \(service) 上（\(id)），直接使用（--upload-again 可重新上传）。"))
        return id
    }

    private static func line(_ candidate: UploadCandidate) -> Wording {
        let day = candidate.uploadedAt.formatted(.iso8601).prefix(10)
        let why =
            candidate.match == .bytes
            ? Wording("the same bytes", "内容相同") : Wording("the same name and size", "名称和大小相同")
        return Wording(
            "  \(candidate.id)  \(day)  \(candidate.filename)  ", "  \(candidate.id)  \(day)  \(candidate.filename)  ")
            + why
    }

    private static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// - Throws: `declined` when the input ends.
    private static func ask(_ question: Wording, _ console: Console) throws -> String {
        console.write(question[console.language], to: .errors)
        guard let line = readLine() else { throw DepartureFault.declined }
        return line.trimmingCharacters(in: .whitespaces)
    }

    private static func distinct(_ wordings: [Wording]) -> [Wording] {
        var seen = Set<Wording>()
        return wordings.filter { seen.insert($0).inserted }
    }
}

extension Departure {
    /// What still has to be asked with these choices: what is in a file that is not sent needs no consent.
    fileprivate func asking(_ choices: DepartureChoices) -> Departure? {
        var departure = self
        departure.files.removeAll { choices.reuse[$0.path] != nil }
        if departure.files.allSatisfy(\.findings.isEmpty) { departure.questions.removeAll { $0 == .findings } }
        return departure.needsConsent ? departure : nil
    }
}

extension DepartureChoices {
    fileprivate var agreed: DepartureChoices { DepartureChoices(reuse: reuse, isAgreed: true) }
}

extension Departure {
    /// What a person is told before anything leaves.
    func lines(of request: JobRequest, to address: String) -> [Wording] {
        var rows: [(Wording, Wording)] = [
            (Wording("Service", "服务"), Wording(verbatim: "\(service), \(address)")),
            (Wording("Base model", "基础模型"), Wording(verbatim: request.model)),
            (Wording("Training", "训练"), file(request.trainingFile, examples)),
        ]
        if let path = request.validationFile { rows.append((Wording("Validation", "验证"), file(path, nil))) }
        if let tokens = cost?.estimated {
            let about = tokens.isExact ? "" : "≈ "
            rows.append((Wording("Trained tokens", "训练词元"), Wording(verbatim: about + tokens.tokens.grouped)))
        }
        rows.append((Wording("Cost", "费用"), costLine))
        return rows.map { name, value in
            Wording(
                (name.english + ":").padding(toLength: 20, withPad: " ", startingAt: 0) + value.english,
                name.chinese + "：" + value.chinese)
        } + files.flatMap { file in file.findings.map { Wording("⚠ ", "⚠ ") + $0.summary + places(of: $0) } }
    }

    private var costLine: Wording {
        guard let cost, let dollars = cost.dollars else {
            return Wording("not known: no price in config.toml", "未知：config.toml 中没有价格")
        }
        let rate = cost.price.training.map { PrepareCost.dollars($0, exact: true) } ?? "?"
        return Wording("\(dollars), at \(rate) a million tokens", "\(dollars)（每百万词元 \(rate)）")
    }

    private func file(_ path: String, _ examples: Int?) -> Wording {
        guard let file = files.first(where: { $0.path == path }) else {
            return Wording("\(path), at the service", "\(path)，在服务上")
        }
        let size = file.bytes.formatted(.byteCount(style: .file))
        guard let examples else { return Wording(verbatim: "\(path), \(size)") }
        return Wording("\(path), \(examples.grouped) examples, \(size)", "\(path)，\(examples.grouped) 个样本，\(size)")
    }

    private func places(of finding: Finding) -> Wording {
        guard !finding.rows.isEmpty else { return Wording("", "") }
        let numbers =
            finding.rows.prefix(5).map { "\($0 + 1)" }.joined(separator: ", ") + (finding.count > 5 ? ", …" : "")
        return Wording(" Records: \(numbers).", "记录：\(numbers)。")
    }
}
