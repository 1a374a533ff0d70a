import Foundation
import Testing
import TuneTestSupport

/// How the real program takes files whose names or columns do not say what they are.
@Suite(.serialized) struct ReadingFilesTests {
    private static let table = "id,question,answer\n1,What is 1? ->, One.\n2,What is 2? ->, Two.\n"

    @Test func columnsThatAreNamedOtherwiseAreSuggestedAndTaken() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(Self.table, to: "faq.csv")
        let refused = try home.run("prepare", path, "-q")
        #expect(refused.status == 4)
        #expect(refused.complaint?.contains("--prompt-column question --completion-column answer") == true)
        let options = ["--prompt-column", "question", "--completion-column", "answer"]
        let prepared = try home.run(["prepare", path, "-q", "--json"] + options)
        #expect(prepared.status == 0, "\(prepared.errors)")
        #expect(try prepared.object()["records"] as? Int == 2)
        let lines = try String(contentsOfFile: home.desk + "/faq_prepared.jsonl", encoding: .utf8)
        #expect(lines.hasPrefix(#"{"prompt":"What is 1? ->","completion":" One."#))
        let head = try home.run(["data", "head", path, "-n", "1"] + options)
        #expect(head.status == 0 && head.output.contains("prompt      What is 1? ->"))
        // Without them the rows are shown as they are, and the advice is said.
        #expect(try home.run("data", "head", path).errors.contains("--prompt-column question"))
    }

    @Test func prepareGoesByTheNameAndTheOtherCommandsByTheContent() throws {
        let home = try TestHome()
        defer { home.close() }
        let line = #"{"prompt":"a ->","completion":" b\n"}"# + "\n" + #"{"prompt":"c ->","completion":" d\n"}"# + "\n"
        for name in ["records.xml", "records"] {
            let path = try home.write(line, to: name)
            let refused = try home.run("prepare", path, "-q")
            #expect(refused.status == 4)
            #expect(refused.complaint?.contains("--format") == true, "\(refused.errors)")
            #expect(try home.run("prepare", path, "-q", "--format", "jsonl").status == 0)
            let stats = try home.run("data", "stats", path, "--json")
            #expect(try stats.object()["records"] as? Int == 2, "\(stats.errors)")
        }
        #expect(try home.run("data", "stats", home.desk + "/records", "--format", "docx").status == 2)
    }
}
