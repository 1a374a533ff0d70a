import ArgumentParser
import Testing
import TuneModel
import TuneStore

@testable import tunedeck

struct EndingTests {
    private func ending(_ arguments: [String]) -> Ending? {
        do {
            var command = try TuneDeck.parseAsRoot(arguments)
            // A parsed request for help is told when it is run.
            if arguments.contains("--help") { try command.run() }
            return nil
        } catch {
            return Ending(of: error)
        }
    }

    @Test(arguments: [
        ["jobs", "get", "-i", "no id"], ["jobs", "create"],
        ["jobs", "create", "-t", "f", "-m", "m", "--n-epochs", "0"],
        ["ask", "-m", "m", "-t", "11"], ["jobs", "list", "--nonsense"], ["files", "get", "-i", "../x"],
    ])
    func mistakesOfUsageEndWithTwo(_ arguments: [String]) {
        #expect(ending(arguments)?.status == 2)
        #expect(ending(arguments)?.isForStandardOutput == false)
    }

    @Test func helpIsNoError() {
        #expect(ending(["jobs", "--help"])?.status == 0)
        #expect(ending(["jobs", "--help"])?.isForStandardOutput == true)
    }

    @Test func errorsEndAsTheySay() {
        #expect(Ending(of: StoreError.downloadFailed(package: "p", reason: "r")).status == 3)
        #expect(Ending(of: StoreError.sourceMissing(path: "/p")).status == 4)
        #expect(Ending(of: Interrupted()).status == 130)
        #expect(Ending(of: CancellationError()).status == 130)
    }

    @Test func bothSpellingsOfAJobAreTaken() throws {
        let id = JobID.random()
        for spelling in [id.text, id.legacyText] {
            let command = try TuneDeck.parseAsRoot(["jobs", "get", "-i", spelling]) as? JobsGet
            #expect(JobID(try #require(command).target.id) == id)
        }
    }
}
