import Testing

@testable import TuneControl

@Suite struct ChartWindowTests {
    private let whole = 1.0...2000.0

    @Test(arguments: [nil, 1, 400, 1234.5, 2000] as [Double?])
    func zoomingInAndOutLeadsBack(center: Double?) {
        var window = ChartWindow()
        var shown = [window.range(in: whole)]
        for _ in 0..<6 {
            window.zoom(inward: true, around: center, in: whole, least: 1)
            shown.append(window.range(in: whole))
        }
        #expect(Set(shown).count == 7)
        for before in shown.dropLast().reversed() {
            window.zoom(inward: false, around: center, in: whole, least: 1)
            let back = window.range(in: whole)
            #expect(abs(back.lowerBound - before.lowerBound) < 1e-6 && abs(back.upperBound - before.upperBound) < 1e-6)
        }
        #expect(window.isWhole)
    }

    @Test func theCenterStaysWhereItIs() {
        var window = ChartWindow()
        for _ in 0..<5 {
            let before = window.range(in: whole)
            window.zoom(inward: true, around: 700, in: whole, least: 1)
            let after = window.range(in: whole)
            let share = { (range: ClosedRange<Double>) in (700 - range.lowerBound) / range.width }
            #expect(abs(share(before) - share(after)) < 1e-9)
            #expect(abs(after.width - before.width / 2) < 1e-6)
        }
    }

    @Test func nothingBeyondTheEndsIsShown() {
        var window = ChartWindow()
        window.pan(by: 1, in: whole)
        #expect(window.isWhole)
        window.zoom(inward: true, around: nil, in: whole, least: 1)
        window.zoom(inward: true, around: nil, in: whole, least: 1)
        for _ in 0..<9 { window.pan(by: 0.5, in: whole) }
        #expect(window.range(in: whole).upperBound == 2000)
        for _ in 0..<20 { window.pan(by: -0.5, in: whole) }
        #expect(window.range(in: whole).lowerBound == 1)
        window.zoom(inward: false, around: nil, in: whole, least: 1)
        #expect(window.range(in: whole).lowerBound == 1)
    }

    @Test func itIsNeverNarrowerThanTheLeast() {
        var window = ChartWindow()
        for _ in 0..<40 { window.zoom(inward: true, around: 5, in: whole, least: 8) }
        #expect((8...16).contains(window.range(in: whole).width))
    }

    @Test func aPlaceOutsideIsBroughtIn() {
        var window = ChartWindow()
        for _ in 0..<4 { window.zoom(inward: true, around: 100, in: whole, least: 1) }
        window.reveal(1500, in: whole)
        #expect(window.range(in: whole).upperBound == 1500)
        let shown = window.range(in: whole)
        window.reveal(1450, in: whole)
        #expect(window.range(in: whole) == shown)
    }

    @Test func aRunThatGrowsLeavesTheWindowWhereItIs() {
        var window = ChartWindow()
        window.zoom(inward: true, around: nil, in: whole, least: 1)
        let shown = window.range(in: whole)
        #expect(window.range(in: 1...9000) == shown)
    }
}
