import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The loss of the followed job, as it grows.
struct ChartPane: PaneView {
    let follow: Follow.State
    let job: Job?
    let look: Look
    var now = Date.distantPast

    var title: String {
        guard let job else { return look.say("follow", "跟踪") }
        var parts = [job.title, job.model]
        if let settings = job.hyperparameters, job.origin == nil {
            parts.append("LoRA r\(settings.loraRank)")
            if let passes = follow.latest?.epoch {
                let epoch = Figures.oneDecimal(passes)
                parts.append(look.say("epoch \(epoch) of \(settings.epochs)", "第 \(epoch) 遍，共 \(settings.epochs) 遍"))
            }
        }
        return parts.joined(separator: " · ")
    }

    var trailing: String {
        guard let job else { return "" }
        if let contact = ContactWords(job, look, now: now) { return contact.sign + " " + contact.text }
        let status = JobLook(job.status)
        return status.glyph + " " + look.say(status.word)
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        guard let job else {
            surface.writeWrapped(
                look.say("Choose a job to follow it.", "选择一个任务即可跟踪。"), in: area.inset(by: 1),
                style: look[.muted])
            return
        }
        if let failure = job.failure { return draw(failure, in: area, on: &surface) }
        guard follow.loss.points.count > 1 else {
            surface.writeWrapped(waiting(job), in: area.inset(by: 1), style: look[.muted])
            return
        }
        chart.draw(in: area.inset(left: 1, right: 1), on: &surface)
    }

    // MARK: -

    private var chart: LineChart {
        var lines = [
            ChartLine(look.say("training loss", "训练损失"), points: points(follow.loss), style: look[.chartLoss])
        ]
        if !follow.validationLoss.isEmpty {
            lines.append(
                ChartLine(
                    look.say("validation", "验证"), points: points(follow.validationLoss), style: look[.chartValidation],
                    isDashed: true))
        }
        return LineChart(lines, xLabel: look.say("steps", "步"), axisStyle: look[.muted])
    }

    private func points(_ series: Series) -> CoursePoints {
        CoursePoints(series: series, course: follow.course, unit: .steps)
    }

    private func waiting(_ job: Job) -> String {
        switch job.status {
        case .queued where job.origin != nil:
            look.say("Waiting for its turn at the service.", "正在服务端排队。")
        case .running where job.origin != nil, .validatingFiles where job.origin != nil:
            look.say("The curve begins once the service has told two steps.", "服务报告两步之后开始绘制曲线。")
        case .other(let text):
            look.say("The service says: \(text).", "服务报告：\(text)。")
        case .queued: look.say("Waiting for its turn: jobs run one after the other.", "正在排队：任务会逐个运行。")
        case .running, .validatingFiles:
            look.say("Reading model and data; the curve begins with the second step.", "正在读取模型和数据；从第二步开始绘制曲线。")
        case .paused: look.say("Paused. Press p to go on.", "已暂停。按 p 继续。")
        case .succeeded, .failed, .cancelled:
            look.say("It ended before there was a curve to draw.", "任务在绘出曲线之前就结束了。")
        }
    }

    private func draw(_ failure: JobFailure, in area: Rect, on surface: inout Surface) {
        var rest = area.inset(by: 1)
        _ = rest.takeTop(
            surface.writeWrapped("✗ " + look.say(failure.explanation.what), in: rest, style: look[.error]) + 1)
        surface.writeWrapped(look.say(failure.explanation.next), in: rest, style: look[.text])
    }
}

extension Figures {
    /// `2.1`
    static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded(.down))
        return "\(tenths / 10).\(tenths % 10)"
    }
}
