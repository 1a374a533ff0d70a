import Foundation
import TuneModel

extension RemoteJob {
    /// What its followers are told when it has moved to its status.
    func news(of service: ServiceName) -> Wording {
        switch status {
        case .validatingFiles:
            Wording("\(service) checks the files of the job.", "\(service) 正在检查任务的文件。")
        case .queued: Wording("\(service) has queued the job.", "\(service) 已将任务加入队列。")
        case .running: Wording("\(service) trains.", "\(service) 正在训练。")
        case .paused: Wording("\(service) has paused the job.", "\(service) 已暂停任务。")
        case .succeeded:
            Wording(
                "\(service) has trained the model \(fineTunedModel?.plain ?? "–").",
                "\(service) 已训练出模型 \(fineTunedModel?.plain ?? "–")。")
        case .failed: failure?.explanation.what ?? Wording("The job failed at \(service).", "任务在 \(service) 上失败。")
        case .cancelled: Wording("\(service) has cancelled the job.", "\(service) 已取消任务。")
        case .other(let text):
            Wording("\(service) says of the job: \(text.plain).", "\(service) 对任务的说明：\(text.plain)。")
        }
    }

    /// The fields that are only shown.
    var shownExtras: [RemoteField] {
        var fields = extras.map { RemoteField(name: $0.name.plain, value: $0.value.plain) }
        if let estimatedFinish, !status.isFinal {
            fields.append(RemoteField(name: "estimated_finish", value: estimatedFinish.formatted(.iso8601)))
        }
        if !resultFiles.isEmpty {
            fields.append(RemoteField(name: "result_files", value: resultFiles.joined(separator: ", ").plain))
        }
        return fields
    }
}

extension JobStatus {
    /// The same without what a terminal would obey.
    var plain: JobStatus {
        if case .other(let text) = self { .other(text.plain) } else { self }
    }
}

extension String {
    /// The text without control characters that a terminal would obey; only line ends and tabs stay.
    var plain: String {
        let isHarmless = unicodeScalars.allSatisfy {
            $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control
        }
        if isHarmless { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map {
                    $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control ? $0 : "\u{FFFD}"
                }))
    }
}
