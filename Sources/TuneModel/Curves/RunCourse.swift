public import Foundation

/// The course of a run: each of its measures over the steps, and what steps are in examples and in time.
public struct RunCourse: Hashable, Sendable {
    private var series: [RunMeasure: Series] = [:]
    /// Examples seen by each step.
    private var examples = Series()
    /// Seconds from the first step that was told to each.
    private var seconds = Series()
    private var began: Date?
    /// The last step that was told; nil before the first.
    public private(set) var latest: StepMetrics?

    public init() {}

    /// - Parameter events: of one job, in their order; those without figures count for nothing.
    public init(_ events: [JobEvent]) {
        for event in events {
            if case .metrics(let step) = event.kind { absorb(step, at: event.createdAt) }
        }
    }

    /// A step that was told before replaces what followed: the run was resumed there.
    public mutating func absorb(_ step: StepMetrics, at date: Date?) {
        if let latest, latest.step >= step.step { forget(from: step.step) }
        latest = step
        for measure in RunMeasure.allCases {
            if let value = measure.value(in: step) { series[measure, default: Series()].append(value, at: step.step) }
        }
        if let count = step.elapsedExamples { examples.append(Double(count), at: step.step) }
        guard let date else { return }
        if began == nil { began = date }
        seconds.append(max(date.timeIntervalSince(began ?? date), seconds.last ?? 0), at: step.step)
    }

    /// Empty where the run does not tell the measure.
    public subscript(measure: RunMeasure) -> Series { series[measure] ?? Series() }

    public var isEmpty: Bool { latest == nil }

    /// Whether the axis can be drawn in this unit.
    public func knows(_ unit: ChartUnit) -> Bool {
        switch unit {
        case .steps: true
        case .examples: !examples.isEmpty
        case .time: !seconds.isEmpty
        }
    }

    /// Where a step stands on an axis.
    public func position(of step: Int, in unit: ChartUnit) -> Double {
        switch unit {
        case .steps: Double(step)
        case .examples: examples.value(at: step) ?? 0
        case .time: seconds.value(at: step) ?? 0
        }
    }

    /// The step that is nearest to a place on an axis, between the first and the last; nil while there is none.
    public func step(at position: Double, in unit: ChartUnit) -> Int? {
        let points = self[.loss].points
        guard let last = points.last else { return nil }
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if self.position(of: points[middle].step, in: unit) < position { low = middle + 1 } else { high = middle }
        }
        guard low < points.count else { return last.step }
        guard low > 0 else { return points[0].step }
        let (before, after) = (points[low - 1].step, points[low].step)
        let isNearer = position - self.position(of: before, in: unit) < self.position(of: after, in: unit) - position
        return isNearer ? before : after
    }

    /// What the axis spans from the first step to the last; nil before the first.
    public func span(in unit: ChartUnit) -> ClosedRange<Double>? {
        let points = self[.loss].points
        guard let first = points.first, let last = points.last else { return nil }
        let low = position(of: first.step, in: unit)
        return low...max(low, position(of: last.step, in: unit))
    }

    // MARK: -

    private mutating func forget(from step: Int) {
        for measure in series.keys { series[measure]?.cut(from: step) }
        examples.cut(from: step)
        seconds.cut(from: step)
    }
}
