import Testing
import TuneCanvas
import TuneTestSupport

@Suite struct ChartTests {
    private let train = Style(foreground: .indexed(2))
    private let valid = Style(foreground: .indexed(3))
    private let axis = Style(attributes: .dim)
    private var golden: Golden { Golden(letters: [train: "t", valid: "v", axis: "d"]) }

    private func points(_ count: Int, _ y: (Int) -> Double) -> [ChartLine.Point] {
        (0..<count).map { ChartLine.Point(x: Double($0), y: y($0)) }
    }

    private func chart(glyphs: GlyphSet) -> Surface {
        var surface = Surface(size: Size(width: 50, height: 10), glyphs: glyphs)
        let falling = points(1200) { 1 + 3 / (1 + Double($0) / 100) }
        let held = points(13) { 1.6 + 2.4 / (1 + Double($0)) }.map { ChartLine.Point(x: $0.x * 100, y: $0.y) }
        LineChart(
            [
                ChartLine("training", points: falling, style: train),
                ChartLine("验证", points: held, style: valid, isDashed: true),
            ],
            xLabel: "steps", axisStyle: axis
        ).draw(in: surface.bounds, on: &surface)
        return surface
    }

    @Test func twoCurvesHaveAxesAndALegend() {
        golden.check(chart(glyphs: .unicode), "chart")
    }

    @Test func withoutBrailleTheCurvesAreLetters() {
        golden.check(chart(glyphs: .ascii), "chart-ascii")
    }

    @Test func aSpikeOfOnePointAmongManyIsSeen() {
        func top(_ spike: Double) -> String {
            var surface = Surface(size: Size(width: 40, height: 8))
            let line = ChartLine("", points: points(100_000) { $0 == 54_321 ? spike : 1 })
            LineChart([line], yRange: 0...10, hasLegend: false).draw(in: surface.bounds, on: &surface)
            return FrameText(surface).glyphs[0]
        }
        #expect(top(10).contains { ("\u{2801}"..."\u{28FF}").contains($0) })
        #expect(!top(1).contains { ("\u{2801}"..."\u{28FF}").contains($0) })
    }

    @Test func withoutBrailleTheCurvesAreBlocks() {
        golden.check(chart(glyphs: .blocks), "chart-blocks")
    }

    @Test(arguments: [0, 17, 600, 1199])
    func theCrosshairTellsTheValuesAtItsPlace(step: Int) {
        var surface = Surface(size: Size(width: 60, height: 9))
        let line = ChartLine("loss", points: points(1200) { Double(($0 * 37) % 101) + 0.25 }, style: train)
        var chart = LineChart([line], axisStyle: axis)
        chart.crosshair = Double(step)
        chart.crosshairStyle = axis
        chart.draw(in: surface.bounds, on: &surface)
        let value = Double((step * 37) % 101) + 0.25
        #expect(FrameText(surface).glyphs[0].contains(" \(value)"))
        #expect(FrameText(surface).glyphs.dropFirst().contains { $0.contains("●") })
    }

    @Test func betweenTwoPointsTheCrosshairTellsTheEarlier() {
        let line = ChartLine("", points: [.init(x: 10, y: 1), .init(x: 20, y: 2)])
        #expect(line.points.nearest(to: 9) == nil)
        #expect(line.points.nearest(to: 10)?.y == 1)
        #expect(line.points.nearest(to: 19)?.y == 1)
        #expect(line.points.nearest(to: 25)?.y == 2)
    }

    @Test func aClockIsDividedAsClocksAre() {
        let ticks = ChartNumbers.clock.ticks(in: 0...4000, most: 5)
        #expect(ChartNumbers.clock.labels(of: ticks) == ["0:00", "15:00", "30:00", "45:00", "1:00:00"])
    }

    @Test func aWindowHasItsOwnAxes() {
        var surface = Surface(size: Size(width: 50, height: 9))
        let line = ChartLine("a", points: points(1000) { $0 < 100 ? 90 : 2 + Double($0 % 7) / 10 }, style: train)
        LineChart([line], xLabel: "steps", xRange: 400...500, axisStyle: axis).draw(in: surface.bounds, on: &surface)
        golden.check(surface, "chart-window")
    }

    @Test func missingValuesLeaveAGap() {
        var surface = Surface(size: Size(width: 30, height: 4))
        let line = ChartLine("", points: points(300) { (100..<200).contains($0) ? .nan : 1 })
        LineChart([line], yRange: 0...2, hasLegend: false).draw(in: surface.bounds, on: &surface)
        golden.check(surface, "chart-gap")
    }

    @Test func aLogarithmicAxisCountsInPowers() {
        var surface = Surface(size: Size(width: 30, height: 9))
        let line = ChartLine("", points: points(5) { [100, 10, 1, 0.1, 0][$0] }, style: train)
        LineChart([line], scale: .logarithmic, axisStyle: axis, hasLegend: false)
            .draw(in: surface.bounds, on: &surface)
        golden.check(surface, "chart-log")
    }

    @Test(arguments: [[], [Double.nan], [3], [3, 3, 3], [.infinity, 1]])
    func oddValuesDoNotStopAChart(_ values: [Double]) {
        for size in [Size(width: 1, height: 1), Size(width: 3, height: 2), Size(width: 20, height: 6)] {
            var surface = Surface(size: size)
            let line = ChartLine("x", points: values.enumerated().map { .init(x: Double($0), y: $1) })
            LineChart([line], scale: .logarithmic).draw(in: surface.bounds, on: &surface)
            LineChart([line]).draw(in: surface.bounds, on: &surface)
            Sparkline(values).draw(in: surface.bounds, on: &surface)
            let columns = surface.row(0).reduce(0) { $0 + Int($1.columns) }
            #expect(columns == size.width)
        }
    }

    @Test func aSparklineShowsThePeakOfEachStretch() {
        func line(_ values: [Double], _ mark: Sparkline.Mark, glyphs: GlyphSet = .unicode) -> String {
            var surface = Surface(size: Size(width: 8, height: 1), glyphs: glyphs)
            Sparkline(values, mark: mark).draw(in: surface.bounds, on: &surface)
            return FrameText(surface).text
        }
        #expect(line([0, 1, 2, 3, 4, 5, 6, 7], .block) == "▁▂▃▄▅▆▇█")
        #expect(line([0, .nan, 7], .block) == "▁ █")
        #expect(line((0..<80).map { $0 == 33 ? 7 : 0 }, .block) == "▁▁▁█▁▁▁▁")
        #expect(line([0, 1, 2, 3], .braille) == "⣠⣾")
        #expect(line([0, 7], .block, glyphs: .ascii) == ".#")
    }
}
