import TuneCanvas
import TuneControl
import TuneModel

/// The other measures of the followed job: each with its value and, where it has a course, a small curve.
struct MeasuresPane: PaneView {
    let follow: Follow.State
    let job: Job?
    let look: Look

    /// One measure.
    struct Measure {
        let name: String
        let value: String
        var series: Series?
        var role = Role.chartAccuracy
        /// What the curve spans; nil takes what its values span.
        var range: ClosedRange<Double>?
    }

    var title: String {
        guard let latest = follow.latest else { return look.say("measures", "指标") }
        let (step, total) = (Figures.count(latest.step), Figures.count(latest.totalSteps))
        if latest.totalSteps == 0 { return look.say("step \(step)", "第 \(step) 步") }
        return look.say("step \(step) of \(total)", "第 \(step) 步，共 \(total) 步")
    }

    var trailing: String {
        guard let seconds = follow.latest?.secondsLeft, job?.status == .running else { return "" }
        let left = Figures.clock(seconds)
        return look.say("\(left) left", "剩余 \(left)")
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let across = area.width >= 72 ? 2 : 1
        let wanted = area.height * across
        // When there are too few places, what has a course comes first.
        let measures = Array(measures.prefix(wanted))
        let rows = (measures.count + across - 1) / across
        let places = area.inset(left: 1, right: 1).split(.horizontal, Array(repeating: .rest, count: across), gap: 3)
        for (index, measure) in measures.enumerated() {
            let column = across == 1 ? 0 : index / max(1, rows)
            draw(measure, in: places[column].row(index - column * rows), on: &surface)
        }
    }

    // MARK: -

    private func draw(_ measure: Measure, in row: Rect, on surface: inout Surface) {
        let names = 18
        surface.write(measure.name, in: Rect(x: row.x, y: row.y, width: names, height: 1), style: look[.muted])
        let curve = row.width >= 52 ? 16 : 7
        let value = Rect(x: row.x + names, y: row.y, width: row.width - names - curve - 1, height: 1)
        let hasCurve = (measure.series?.points.count ?? 0) > 1
        surface.write(
            measure.value,
            in: hasCurve ? Rect(x: value.x, y: row.y, width: min(11, value.width), height: 1) : row.inset(left: names),
            style: look[.text], alignment: hasCurve ? .right : .left)
        guard let series = measure.series, hasCurve else { return }
        let place = Rect(x: value.x + min(11, value.width) + 1, y: row.y, width: curve, height: 1)
        Sparkline(series.bucketed(to: curve * 2), mark: .braille, range: measure.range, style: look[measure.role])
            .draw(in: place, on: &surface)
    }

    private var measures: [Measure] {
        guard let latest = follow.latest else { return facts(nil) }
        // What a service does not tell has no row.
        let told: [Measure?] = [
            latest.trainingTokenAccuracy.map {
                Measure(
                    name: look.say("token accuracy", "词元准确率"), value: Figures.share($0),
                    series: follow.course[.tokenAccuracy])
            },
            latest.trainingSequenceAccuracy.map {
                Measure(
                    name: look.say("sequence accuracy", "整句准确率"), value: Figures.share($0),
                    series: follow.course[.sequenceAccuracy])
            },
            latest.learningRate.map {
                Measure(
                    name: look.say("learning rate", "学习率"), value: Figures.rate($0),
                    series: follow.course[.learningRate],
                    role: .chartRate)
            },
            latest.gradientNorm.map {
                Measure(
                    name: look.say("gradient norm", "梯度范数"), value: Figures.loss($0),
                    series: follow.course[.gradientNorm],
                    role: .chartRate)
            },
            latest.tokensPerSecond.map {
                let speed = Figures.count(Int($0))
                return Measure(
                    name: look.say("speed", "速度"), value: look.say("\(speed) tok/s", "\(speed) 词元/秒"),
                    series: follow.course[.tokensPerSecond], role: .chartRate)
            },
        ]
        return told.compactMap(\.self) + facts(latest)
    }

    private func facts(_ latest: StepMetrics?) -> [Measure] {
        var facts: [Measure] = []
        if let latest {
            if let tokens = latest.elapsedTokens {
                facts.append(Measure(name: look.say("tokens seen", "已读词元"), value: Figures.short(tokens)))
            }
            if let memory = latest.peakMemoryMB {
                facts.append(Measure(name: look.say("memory, at most", "内存峰值"), value: Figures.memory(memory)))
            }
        }
        if let loss = follow.validationLoss.last {
            facts.append(Measure(name: look.say("validation loss", "验证损失"), value: Figures.loss(loss)))
        }
        if let job {
            let file = job.trainingFile.split(separator: "/").last.map(String.init) ?? job.trainingFile
            facts.append(Measure(name: look.say("data", "数据"), value: file))
            if let model = job.fineTunedModel { facts.append(Measure(name: look.say("model", "模型"), value: model)) }
        }
        return facts
    }
}
