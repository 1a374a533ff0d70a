import TuneCanvas
import TuneModel

/// A curve of a run over one of the axes, as charts draw it.
nonisolated struct CoursePoints: ChartPoints {
    let series: Series
    let course: RunCourse
    let unit: ChartUnit

    var count: Int { series.points.count }

    func x(at index: Int) -> Double { course.position(of: series.points[index].step, in: unit) }
    func y(at index: Int) -> Double { series.points[index].value }

    func range(of stretch: Range<Int>, _ scale: ChartScale) -> ClosedRange<Double>? {
        let extent = series.extent(of: stretch)
        let low = scale == .linear ? extent.low : extent.lowPositive
        return low <= extent.high ? low...extent.high : nil
    }
}

extension ChartUnit {
    nonisolated var numbers: ChartNumbers { self == .time ? .clock : .plain }
}
