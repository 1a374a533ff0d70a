import Foundation
import TuneModel
import TuneTrainer

/// A file that an evaluation is told in; the ending of its name says how.
enum ReportFile {
    enum Form { case markdown, html }

    /// Nil for a name that ends in neither `.md` nor `.html`.
    static func form(of path: String) -> Form? {
        switch URL(filePath: path).pathExtension.lowercased() {
        case "md", "markdown": .markdown
        case "html", "htm": .html
        default: nil
        }
    }

    static func text(_ report: EvaluationReport, _ summary: EvaluationSummary, as form: Form, in language: Language)
        -> String
    {
        switch form {
        case .markdown: MarkdownReport(report, summary, language).text
        case .html: HTMLReport(report, summary, language).text
        }
    }

    /// Writes the whole file or none.
    static func write(
        _ report: EvaluationReport, _ summary: EvaluationSummary, to path: String, in language: Language
    ) throws {
        try AtomicFile.write(text(report, summary, as: form(of: path) ?? .markdown, in: language), to: path)
    }
}
