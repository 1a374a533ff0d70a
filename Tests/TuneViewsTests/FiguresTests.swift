import Foundation
import Testing
import TuneModel

@testable import TuneViews

@MainActor
struct FiguresTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-2307, "-2,307")])
    func countsAreGrouped(number: Int, text: String) { #expect(Figures.count(number) == text) }

    @Test(arguments: [(9999, "9,999"), (218_400, "218k"), (1_310_000, "1.3M")])
    func largeCountsAreShortened(number: Int, text: String) { #expect(Figures.short(number) == text) }

    @Test(arguments: [(Int64(812), "812 B"), (33_900, "34 KB"), (1_411_794, "1.4 MB"), (2_000_000_000, "2.0 GB")])
    func bytesHaveAUnit(bytes: Int64, text: String) { #expect(Figures.bytes(bytes) == text) }

    @Test(arguments: [(9.4, "0:09"), (250, "4:10"), (3723, "1:02:03"), (.infinity, "–"), (.nan, "–"), (-1, "–")])
    func timesReadAsAClock(seconds: Double, text: String) { #expect(Figures.clock(seconds) == text) }

    @Test(arguments: [(0, "0 %"), (0.999, "99 %"), (1, "100 %"), (.nan, "–")])
    func nearlyDoneIsNotDone(share: Double, text: String) { #expect(Figures.percent(share) == text) }

    @Test(arguments: [(2e-4, "2.0e-4"), (1.34e-5, "1.3e-5"), (0, "0"), (9.99e-5, "1.0e-4"), (1, "1.0e0")])
    func ratesKeepTwoDigits(rate: Double, text: String) { #expect(Figures.rate(rate) == text) }

    @Test func estimatesAreNotToldToTheSecond() {
        #expect(Figures.roughly(43).english == "≈ 45 seconds")
        #expect(Figures.roughly(241).english == "≈ 4 minutes")
        #expect(Figures.roughly(9000).chinese == "≈ 2.5 小时")
    }

    @Test func aDayThatIsNotTodayIsNamed() {
        let zone = TimeZone(secondsFromGMT: 0)!
        let now = Date(timeIntervalSince1970: 1_790_000_000)
        #expect(Figures.time(now, now: now, zone: zone) == "14:13")
        #expect(Figures.time(now.addingTimeInterval(-200_000), now: now, zone: zone) == "09-19")
    }
}
