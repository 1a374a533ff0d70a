import Foundation

/// What a chart shows: curves of one or several runs over a window of an axis. Files and descriptions are made of it.
public struct ChartSheet: Hashable, Sendable {
    public struct Curve: Hashable, Sendable {
        /// The run's name for people.
        public var run: String
        public var measure: RunMeasure
        public var course: RunCourse
        /// Without noise; nil draws the curve alone.
        public var smoothed: Series?

        public init(run: String, measure: RunMeasure, course: RunCourse, smoothed: Series? = nil) {
            self.run = run
            self.measure = measure
            self.course = course
            self.smoothed = smoothed
        }

        public var series: Series { course[measure] }
    }

    public var title: String
    public var curves: [Curve]
    public var unit: ChartUnit
    public var isLogarithmic: Bool
    /// Nil shows all.
    public var window: ClosedRange<Double>?
    public var language: Language

    public init(
        title: String, curves: [Curve], unit: ChartUnit = .steps, isLogarithmic: Bool = false,
        window: ClosedRange<Double>? = nil, language: Language
    ) {
        self.title = title
        self.curves = curves.filter { !$0.series.isEmpty }
        self.unit = unit
        self.isLogarithmic = isLogarithmic
        self.window = window
        self.language = language
    }

    /// Of one run or several over each other, as the command line makes it.
    /// - Parameters:
    ///   - unit: taken where every run tells it; else steps.
    ///   - weight: of the smoothing, 0 for none, below 1.
    public init(
        of topic: ChartTopic, runs: [(name: String, course: RunCourse)], unit: ChartUnit = .steps,
        isLogarithmic: Bool = false, weight: Double = 0, language: Language
    ) {
        let curves = runs.flatMap { run in
            topic.measures.map { measure in
                var smoothed = SmoothedSeries(weight: weight)
                // What is measured now and then has too few points to be averaged.
                if weight > 0, !measure.isValidation { smoothed.follow(run.course[measure]) }
                return Curve(
                    run: run.name, measure: measure, course: run.course,
                    smoothed: smoothed.series.isEmpty ? nil : smoothed.series)
            }
        }
        self.init(
            title: runs.map(\.name).joined(separator: ", ") + " · " + topic.name[language], curves: curves,
            unit: runs.allSatisfy { $0.course.knows(unit) } ? unit : .steps, isLogarithmic: isLogarithmic,
            language: language)
    }

    /// Several runs have their names in the legend.
    public var hasManyRuns: Bool { Set(curves.map(\.run)).count > 1 }

    /// How a curve is called in the legend.
    public func name(of curve: Curve) -> String {
        let measure = curve.measure.name[language]
        guard hasManyRuns else { return measure }
        return curve.measure.isValidation
            ? curve.run + Wording(" (validation)", "（验证）")[language] : curve.run
    }

    /// The points within the window as CSV (RFC 4180), a line each: whose, what, where on each axis, and the value.
    /// A value that is not a number is empty, as is what the run does not tell.
    public var csv: String {
        var lines = ["run,measure,step,examples,seconds,value,smoothed"]
        for curve in curves {
            for point in curve.series.points {
                let x = curve.course.position(of: point.step, in: unit)
                if let window, !window.contains(x) { continue }
                func position(in unit: ChartUnit) -> String {
                    curve.course.knows(unit) ? Self.number(curve.course.position(of: point.step, in: unit)) : ""
                }
                let smoothed = curve.smoothed?.value(at: point.step)
                lines.append(
                    [
                        Self.cell(curve.run), curve.measure.rawValue, String(point.step), position(in: .examples),
                        position(in: .time), Self.number(point.value), smoothed.map(Self.number) ?? "",
                    ].joined(separator: ","))
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    // MARK: -

    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    private static func cell(_ text: String) -> String {
        // A sign that a spreadsheet would take for a formula is kept from being one.
        let safe = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
