import Testing

@testable import TuneData

struct DataBenchmarkTests {
    @Test func everyStepIsMeasuredAndNothingIsLeftBehind() throws {
        let scratch = try Scratch()
        let sample = try scratch.file("sample.jsonl", pairs([("What?", " That."), ("Who?", " He.")]))
        let path = scratch.path("data.jsonl")
        try BenchmarkRows.write(500, of: sample, to: path)
        let before = try scratch.text("data.jsonl")
        #expect(before.split(separator: "\n").count == 500)
        #expect(before.contains("Who? 499"))
        let figures = try DataBenchmark.run(on: path, in: scratch.folder)
        #expect(figures.rows == 500)
        #expect(figures.steps.map(\.step) == DataBenchmark.Step.allCases)
        #expect(figures.steps.allSatisfy { $0.seconds > 0 && $0.rowsPerSecond > 0 })
        #expect(try scratch.text("data.jsonl") == before)
        #expect(scratch.names == ["data.jsonl", "sample.jsonl"])
    }

    @Test func aFileThatCannotBePreparedIsMeasuredWithoutThat() throws {
        let scratch = try Scratch()
        let path = try scratch.file("chat.jsonl", #"{"messages":[{"role":"user","content":"a"}]}"# + "\nbroken\n")
        let steps = try DataBenchmark.run(on: path, in: scratch.folder).steps.map(\.step)
        #expect(steps.contains(.check) && steps.contains(.save) && !steps.contains(.prepare))
    }
}
