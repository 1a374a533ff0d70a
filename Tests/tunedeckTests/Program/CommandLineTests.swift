import Foundation
import Testing
import TuneTestSupport

/// What the real program says and how it ends when it is given something bad.
@Suite(.serialized) struct CommandLineTests {
    private static let good = #"{"prompt":"What is 1? ->","completion":" One.\n"}"# + "\n"

    /// The arguments that start a job on a file.
    private func job(on file: String, model: String = "tiny") -> [String] {
        ["jobs", "create", "-t", file, "-m", model, "--no-follow"]
    }

    @Test(arguments: [
        ["--nonsense"], ["jobs"], ["jobs", "bogus"], ["jobs", "create"], ["jobs", "get", "-i", "nonsense"],
        ["jobs", "create", "-t", "f", "-m", "m", "--max-steps", "0"], ["ask", "-m", "m", "-t", "eleven"],
        ["eval", "-m"],
    ])
    func mistakesOfUsageEndWithTwo(_ arguments: [String]) throws {
        let home = try TestHome()
        defer { home.close() }
        let outcome = try home.run(arguments)
        // A group of commands without one shows its help, which is no mistake.
        #expect(outcome.status == (arguments == ["jobs"] ? 0 : 2))
        if arguments != ["jobs"] {
            #expect(outcome.output.isEmpty)
            #expect(!outcome.errors.isEmpty)
        }
    }

    @Test func aStrayWordIsNoDashboard() throws {
        let home = try TestHome()
        defer { home.close() }
        let word = try home.run("bogus")
        #expect(word.status == 2)
        #expect(word.complaint?.contains("“bogus” is neither a command nor a file.") == true)
        let file = try home.run("bogus.jsonl")
        #expect(file.status == 4)
        #expect(file.complaint?.contains("bogus.jsonl") == true)
        #expect(word.output.isEmpty && file.output.isEmpty)
    }

    @Test func withoutATerminalTheDashboardSaysSo() throws {
        let home = try TestHome()
        defer { home.close() }
        let outcome = try home.run()
        #expect(outcome.status == 1)
        #expect(outcome.complaint?.contains("terminal") == true)
        #expect(outcome.output.isEmpty)
    }

    @Test func aTrainingFileThatCannotBeTrainedIsToldWithItsLine() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let files: [(name: String, text: String, place: String)] = [
            ("cut.jsonl", Self.good + Self.good + #"{"prompt":"a","#, "line 3"),
            ("empty.jsonl", Self.good + #"{"prompt":"a","completion":""}"# + "\n", "line 2"),
            ("lacking.jsonl", Self.good + #"{"prompt":"a"}"# + "\n", "line 2"),
            ("nothing.jsonl", "", "nothing.jsonl"),
        ]
        for (name, text, place) in files {
            let path = try home.write(text, to: name)
            for command in [job(on: path), ["eval", "-m", "tiny", "-d", path]] {
                let outcome = try home.run(command)
                #expect(outcome.status == 4, "\(name): \(outcome.errors)")
                #expect(outcome.complaint?.contains(path) == true, "\(outcome.errors)")
                #expect(outcome.complaint?.contains(place) == true, "\(outcome.errors)")
                #expect(outcome.output.isEmpty, "\(outcome.output)")
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
        try expectNothingLeft(in: home)
    }

    @Test func aTrainingFileThatIsNotThereIsNamed() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let path = home.desk + "/gone.jsonl"
        for command in [job(on: path), ["eval", "-m", "tiny", "-d", path], ["prepare", path, "-q"]] {
            let outcome = try home.run(command)
            #expect(outcome.status == 4)
            #expect(outcome.complaint?.contains(path) == true, "\(outcome.errors)")
        }
        try expectNothingLeft(in: home)
    }

    @Test func anUnknownModelIsToldWithTheCommandThatHelps() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(Self.good, to: "train.jsonl")
        for command in [
            job(on: path, model: "bogus"), ["ask", "-m", "bogus", "-p", "x"], ["eval", "-m", "bogus", "-d", path],
        ] {
            let outcome = try home.run(command)
            #expect(outcome.status == 4, "\(outcome.errors)")
            #expect(outcome.complaint?.contains("There is no model bogus here.") == true, "\(outcome.errors)")
            #expect(outcome.complaint?.contains("tunedeck models pull") == true)
        }
        try expectNothingLeft(in: home)
    }

    @Test func aFileThatIsNoModelIsNotAdded() throws {
        let home = try TestHome()
        defer { home.close() }
        let whole = try Data(contentsOf: URL(fileURLWithPath: TestHome.tinyModel))
        let cut = home.desk + "/cut.gguf"
        let torso = home.desk + "/torso.gguf"
        try whole.prefix(whole.count - 1000).write(to: URL(fileURLWithPath: cut))
        try whole.prefix(200).write(to: URL(fileURLWithPath: torso))
        let foreign = try home.write(String(repeating: "PK and so on. ", count: 100), to: "archive.gguf")
        let gone = home.desk + "/gone.gguf"
        for path in [cut, torso, foreign, gone] {
            let outcome = try home.run("models", "add", path, "--name", "mine")
            #expect(outcome.status == 4, "\(outcome.errors)")
            #expect(outcome.complaint?.contains(path) == true, "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try home.run("models", "list", "--json").list().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.path + "/models").isEmpty)
    }

    @Test func prepareLeavesNothingOfAFileThatItCannotRead() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(Self.good + "{nonsense\n", to: "broken.jsonl")
        let outcome = try home.run("prepare", path, "-q")
        #expect(outcome.status == 4)
        #expect(outcome.errors.contains("line 2"), "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.desk) == ["broken.jsonl"])
    }

    @Test func theSettingsAreReadStrictly() throws {
        let home = try TestHome()
        defer { home.close() }
        try Data("theme = \n".utf8).write(to: URL(fileURLWithPath: home.path + "/config.toml"))
        let outcome = try home.run("jobs", "list")
        #expect(outcome.status == 4)
        #expect(outcome.complaint?.contains("config.toml, line 1") == true, "\(outcome.errors)")
    }

    @Test func chineseIsSpokenWhereItIsAskedFor() throws {
        let home = try TestHome(environment: ["LC_ALL": "zh_CN.UTF-8"])
        defer { home.close() }
        let outcome = try home.run("bogus")
        #expect(outcome.status == 2)
        #expect(outcome.complaint?.hasPrefix("错误：“bogus”既不是命令，也不是文件。") == true)
    }

    /// No job, no copy of a file.
    private func expectNothingLeft(in home: TestHome) throws {
        #expect(try home.jobs().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.path + "/jobs").isEmpty)
        #expect(home.worker == nil)
    }
}
