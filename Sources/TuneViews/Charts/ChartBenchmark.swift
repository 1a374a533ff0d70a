public import TuneCanvas
public import TuneModel

/// How long a frame of a chart of many points takes.
public enum ChartBenchmark {
    /// - Returns: seconds for each frame, the fastest first; the first draws all, the others windows of it.
    public nonisolated static func frames(points: Int, size: Size, count: Int = 50) -> [Double] {
        var course = RunCourse()
        for step in 1...points {
            let noise = Double(step &* 2_654_435_761 % 1000) / 1000
            let loss = 1 + 3 / (1 + Double(step) / Double(points) * 20) + noise * (step % 9973 == 0 ? 5 : 0.3)
            course.absorb(
                StepMetrics(step: step, totalSteps: points, elapsedExamples: step * 8, trainingLoss: loss), at: nil)
        }
        let curve = CoursePoints(series: course[.loss], course: course, unit: .steps)
        let clock = ContinuousClock()
        return (0..<count).map { frame in
            var surface = Surface(size: size)
            var chart = LineChart([ChartLine("loss", points: curve)], xLabel: "steps")
            let width = Double(points) / Double(1 << (frame % 8))
            chart.xRange = 1...max(2, width)
            chart.crosshair = width / 2
            let time = clock.measure { chart.draw(in: surface.bounds, on: &surface) }
            return Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds)
        }.sorted()
    }
}
