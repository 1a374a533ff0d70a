import Foundation
import Testing

@testable import TuneModel

struct ReportTests {
    /// Texts that would act if they were not escaped.
    private static let hostile =
        "<script>alert(1)</script> | `code` ``` \u{1B}[31m \u{202E}evil *bold* \"quoted\" & more"

    private func sample() -> EvaluationReport {
        let expected = ["yes", "no", "yes", "no", "yes", "no", "yes", "no"]
        var report = Sample.report(
            models: ["base", "<b>tuned</b>"], expected: expected,
            answers: [
                ["no", "no", "yes", "maybe", "yes", "no", nil, "no"],
                expected.map { Optional($0) },
            ])
        for model in report.models.indices {
            for record in report.records.indices {
                report.models[model].outcomes[record].loss = RecordLoss(
                    record: record, loss: Double(record + 1) / Double(model + 2), tokens: 2, right: 1, step: 0)
            }
        }
        report.records[0].prompt = Self.hostile
        report.models[0].outcomes[0].answer?.text = Self.hostile
        report.models[0].outcomes[0].judgement = Judgement(points: nil, text: Self.hostile)
        report.models[0].outcomes[6].failure = Explanation(Wording("It broke.", "坏了。"), next: Wording("Try.", "重试。"))
        report.judgePrompt = "Judge <this>"
        return report
    }

    @Test(arguments: Language.allCases)
    func thePageIsWellFormedAndActsOnNobody(language: Language) throws {
        let report = sample()
        let page = HTMLReport(report, EvaluationSummary(report), language).text
        #expect(!page.contains("<script"))
        #expect(!page.contains("\u{1B}") && !page.contains("\u{202E}"))
        #expect(!page.contains("<b>tuned"))
        #expect(page.contains("&lt;b&gt;tuned&lt;/b&gt;"))
        // Nothing is fetched.
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("url("))
        let checker = TagChecker(page)
        #expect(checker.problem == nil, "\(checker.problem ?? "")")
        #expect(checker.counts["svg"] == EvaluationSummary(report).measures.count + 2 + 1)
    }

    @Test func thePageTellsTheFigures() {
        let report = sample()
        let page = HTMLReport(report, EvaluationSummary(report), .english).text
        for text in [
            "Evaluation of test.jsonl", "accuracy of classes", "100.0 %", "confusion matrix",
            "What the judge was asked",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(HTMLReport(report, EvaluationSummary(report), .chinese).text.contains("混淆矩阵"))
    }

    @Test func theMarkdownHoldsForeignTextBack() {
        let report = sample()
        let text = MarkdownReport(report, EvaluationSummary(report), .english).text
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        // The fence is longer than what is in it.
        #expect(text.contains("````text\n<script>"))
        #expect(text.contains("| measure | base | &lt;b>tuned&lt;/b> |"))
        #expect(text.contains("| exact match | "))
        #expect(text.contains("## Worst first, by accuracy of classes"))
        #expect(text.contains("✗ It broke. Try."))
    }

    @Test func anEvaluationThatWasStoppedSaysSo() {
        var report = sample()
        report.isComplete = false
        let text = MarkdownReport(report, EvaluationSummary(report), .english).text
        #expect(text.contains("stopped before its end"))
    }

    @Test func aReportOfNothingIsStillOne() {
        let report = Sample.report(models: ["m"], expected: ["a"], answers: [[nil]])
        let page = HTMLReport(report, EvaluationSummary(report), .english).text
        #expect(TagChecker(page).problem == nil)
        #expect(MarkdownReport(report, EvaluationSummary(report), .english).text.hasPrefix("# Evaluation"))
    }
}

/// Tells whether every tag of a page is closed in its turn.
private struct TagChecker {
    private(set) var problem: String?
    private(set) var counts: [String: Int] = [:]

    init(_ page: String) {
        let empty: Set<Substring> = ["meta", "!doctype"]
        var open: [Substring] = []
        for match in page.matches(of: #/<(/?)([!a-z][a-z0-9]*)([^<>]*)>/#) {
            let (_, slash, name, rest) = match.output
            if empty.contains(name) || rest.hasSuffix("/") { continue }
            if slash.isEmpty {
                open.append(name)
                counts[String(name), default: 0] += 1
            } else if open.popLast() != name {
                problem = "</\(name)> closes nothing"
                return
            }
        }
        if !open.isEmpty { problem = "open: \(open)" }
    }
}
