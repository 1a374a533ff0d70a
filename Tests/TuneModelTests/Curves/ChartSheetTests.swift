import Foundation
import Testing
import TuneModel

@Suite struct ChartSheetTests {
    private let start = Date(timeIntervalSince1970: 1_790_000_000)

    private func course(_ losses: [Double]) -> RunCourse {
        var course = RunCourse()
        for (index, loss) in losses.enumerated() {
            let metrics = StepMetrics(
                step: index + 1, totalSteps: 0, elapsedExamples: (index + 1) * 8, trainingLoss: loss)
            course.absorb(metrics, at: start.addingTimeInterval(Double(index) * 0.5))
        }
        return course
    }

    private func falling(_ count: Int) -> [Double] { (0..<count).map { 1 + 3 / (1 + Double($0) / 20) } }

    @Test func theTableHasALineForEveryPoint() {
        let sheet = ChartSheet(of: .loss, runs: [("a, \"b\"", course([2.5, .nan, 1]))], language: .english)
        #expect(
            sheet.csv == """
                run,measure,step,examples,seconds,value,smoothed\r
                "a, ""b\""",loss,1,8,0,2.5,\r
                "a, ""b\""",loss,2,16,0.5,,\r
                "a, ""b\""",loss,3,24,1,1,\r

                """)
    }

    @Test func aNameIsNoFormula() {
        let sheet = ChartSheet(of: .loss, runs: [("=1+1", course([1]))], language: .english)
        #expect(sheet.csv.contains("\n'=1+1,loss,1,"))
    }

    @Test func aWindowLimitsTheTable() {
        var sheet = ChartSheet(of: .loss, runs: [("a", course(falling(100)))], language: .english)
        sheet.window = 40...49.5
        #expect(sheet.csv.split(separator: "\r\n").count == 11)
    }

    @Test func theWordsTellWhereACurveGoesAndWhatStandsOut() {
        var losses = falling(200)
        losses[120] = 9
        let text = ChartSheet(of: .loss, runs: [("jargon-1", course(losses))], language: .english).description
        #expect(text.hasPrefix("jargon-1 · loss\nx axis: steps, 1 to 200\n"))
        #expect(text.contains("training loss: 200 points from step 1 to step 200; begins at 4.000, ends at 1.274"))
        #expect(text.contains("lowest 1.274 at step 200; highest 9.000 at step 121"))
        #expect(text.contains("1 spike: 9.000 at step 121."))
        let chinese = ChartSheet(of: .loss, runs: [("jargon-1", course(losses))], language: .chinese).description
        #expect(chinese.contains("训练损失：200 个点") && chinese.contains("1 个尖峰：第 121 步 9.000。"))
    }

    @Test func aSmoothRunHasNoSpikesAndARisingEndIsTold() {
        let rising = falling(100) + (0..<100).map { 1.5 + Double($0) / 50 }
        let summary = CurveSummary(Series(rising))
        #expect(summary?.trend == .rising && summary?.spikes.isEmpty == true)
        #expect(CurveSummary(Series(falling(100)))?.spikes.isEmpty == true)
        #expect(CurveSummary(Series(Array(repeating: 2, count: 50)))?.trend == .level)
        #expect(CurveSummary(Series([.nan, .infinity])) == nil)
    }

    @Test func missingPointsAreCounted() {
        let summary = CurveSummary(Series([1, .nan, 2, .infinity, 3]))
        #expect(summary?.count == 3 && summary?.gaps == 2)
    }
}
