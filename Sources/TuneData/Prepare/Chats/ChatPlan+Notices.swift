import TuneModel

extension ChatPlan {
    /// The facts that are told about a file before anything is asked.
    func notices(of dataset: Dataset) -> [Finding] {
        let n = survey.rows.grouped
        let isPreference = survey.layout.shape == .preference
        var notices = [
            Finding(
                id: "records", severity: .note,
                summary: isPreference
                    ? Wording("The file holds \(n) preference pairs.", "文件中有 \(n) 对偏好数据。")
                    : Wording(
                        "The file holds \(n) \(survey.rows == 1 ? "conversation" : "conversations").", "文件中有 \(n) 段对话。")
            )
        ]
        if dataset.format != .jsonl {
            notices.append(
                Finding(
                    id: "other-format", severity: .note,
                    summary: Wording(
                        "It is a .\(dataset.format.rawValue) file and will be written as JSON lines.",
                        "这是 .\(dataset.format.rawValue) 文件，将写成每行一条的 JSON。")))
        }
        notices += dataset.notices
        if let found = layoutName {
            notices.append(
                Finding(
                    id: "other-layout", severity: .note,
                    summary: Wording(
                        "The records are spelled with `\(found)`, and will be written with `\(isPreference ? "input, preferred_output, non_preferred_output" : "messages")`.",
                        "记录使用 `\(found)`，将改写为 `\(isPreference ? "input, preferred_output, non_preferred_output" : "messages")`。"
                    )))
        }
        return notices + survey.findings.filter { $0.id != "records" }
    }

    private var layoutName: String? {
        switch survey.layout {
        case .messages, .preference: nil
        case .turns(let key): shown(key)
        case .choices: "prompt, chosen, rejected"
        }
    }
}
