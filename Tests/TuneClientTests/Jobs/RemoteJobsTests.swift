import Foundation
import Synchronization
import Testing
import TuneModel

@testable import TuneClient

@Suite struct RemoteJobsTests {
    private static let job = #"{"id":"ftjob-1","status":"queued"}"#

    private func request(_ settle: (inout HyperparameterRequest) -> Void = { _ in }) -> RemoteJobRequest {
        RemoteJobRequest(
            model: "gpt", trainingFile: "file-1", validationFile: "file-2", suffix: "mine",
            hyperparameters: HyperparameterRequest(settle), metadata: ["who": "me"])
    }

    private func stage(_ dialect: ServiceProfile.Dialect = .modern) throws -> Stage {
        try Stage(.init { $0.dialect = dialect }) { asked, _ in
            asked.method == "GET" ? .json(#"{"data":[]}"#) : .json(Self.job)
        }
    }

    @Test func aJobOfPreferencesIsAskedForAsTheProtocolHasIt() async throws {
        let stage = try stage()
        _ = try await stage.client.jobs.create(
            request {
                $0.method = .dpo(beta: 0.5)
                $0.epochs = 2
                $0.seed = 9
            }, key: "wish")
        let asked = try #require(stage.asked.last)
        #expect(asked.line.hasPrefix("POST /v1/fine_tuning/jobs "))
        #expect(asked.headers["idempotency-key"] == "wish")
        #expect(
            asked.json.line
                == #"{"model":"gpt","training_file":"file-1","validation_file":"file-2","suffix":"mine","#
                + #""method":{"type":"dpo","dpo":{"hyperparameters":{"n_epochs":2,"beta":0.5}}},"seed":9,"#
                + #""metadata":{"tunedeck_key":"wish","who":"me"}}"#)
        await stage.close()
    }

    @Test func aSupervisedJobLeavesOpenWhatIsOpen() async throws {
        let stage = try stage()
        _ = try await stage.client.jobs.create(request(), key: "wish")
        #expect(stage.asked.last?.json["method"] == .null)
        _ = try await stage.client.jobs.create(request { $0.batchSize = 3 }, key: "wish-2")
        #expect(
            stage.asked.last?.json["method"].line
                == #"{"type":"supervised","supervised":{"hyperparameters":{"batch_size":3}}}"#)
        await stage.close()
    }

    @Test func aLegacyJobIsAskedForInTheOlderForm() async throws {
        let stage = try stage(.legacy)
        _ = try await stage.client.jobs.create(request { $0.epochs = 2 }, key: "wish")
        let asked = try #require(stage.asked.last)
        #expect(asked.line.hasPrefix("POST /v1/fine-tunes "))
        #expect(
            asked.json.line
                == #"{"training_file":"file-1","validation_file":"file-2","model":"gpt","suffix":"mine","n_epochs":2}"#)
        await stage.close()
    }

    @Test func whatTheServiceHasNoPlaceForIsRefusedHere() async throws {
        let stage = try stage(.legacy)
        let jobs = stage.client.jobs
        #expect(
            await fault { _ = try await jobs.create(request { $0.method = .dpo(beta: 0.1) }, key: "k") }
                == .unsupported(part: "method"))
        #expect(
            await fault { _ = try await jobs.create(request { $0.loraDropout = 0.1 }, key: "k") }
                == .unsupported(part: "lora_dropout"))
        #expect(await fault { _ = try await jobs.pause("x") } == .unsupported(part: "pause"))
        #expect(stage.asked.isEmpty)
        await stage.close()
    }

    @Test func theFormIsFoundOutOnce() async throws {
        for (isLegacy, path) in [(true, "/v1/fine-tunes/ft-1"), (false, "/v1/fine_tuning/jobs/ft-1")] {
            let stage = try Stage(.init { $0.dialect = .auto }) { asked, _ in
                if asked.path.contains("fine_tuning"), isLegacy { return .error(404) }
                return .json(#"{"id":"ft-1","data":[]}"#)
            }
            _ = try await stage.client.jobs.job("ft-1")
            _ = try await stage.client.jobs.job("ft-1")
            #expect(stage.asked.suffix(2).map(\.path) == [path, path])
            #expect(stage.asked.count == (isLegacy ? 4 : 3))
            await stage.close()
        }
    }

    @Test func aJobThatWasMadeWithoutAnAnswerIsFoundAndNotMadeAgain() async throws {
        let made = Mutex<JSON?>(nil)
        let stage = try Stage { asked, _ in
            if asked.method == "POST" {
                made.withLock { $0 = asked.json["metadata"] }
                return .init(fault: .resetAfter)
            }
            let metadata = made.withLock { $0 }?.line
            return .json(#"{"data":["# + (metadata.map { #"{"id":"ftjob-7","metadata":\#($0)}"# } ?? "") + "]}")
        }
        #expect(try await stage.client.jobs.create(request(), key: "wish").id == "ftjob-7")
        #expect(try await stage.client.jobs.create(request(), key: "wish").id == "ftjob-7")
        #expect(stage.asked.count { $0.method == "POST" } == 1)
        await stage.close()
    }

    @Test func aJobThatCannotBeLookedForIsUncertain() async throws {
        let isDown = Mutex(false)
        let stage = try Stage { asked, _ in
            if asked.method == "POST" { isDown.withLock { $0 = true } }
            return isDown.withLock { $0 } ? .init(fault: .resetAfter) : .json(#"{"data":[]}"#)
        }
        guard case .jobUncertain? = await fault({ _ = try await stage.client.jobs.create(request(), key: "wish") })
        else {
            Issue.record("another fault")
            return
        }
        #expect(stage.asked.count { $0.method == "POST" } == 1)
        await stage.close()
    }

    @Test func aRefusedJobIsNotAskedForAgain() async throws {
        let stage = try Stage { asked, _ in
            asked.method == "GET"
                ? .json(#"{"data":[]}"#)
                : .json(#"{"error":{"message":"no such file","param":"training_file","code":"x"}}"#, status: 400)
        }
        #expect(
            await fault { _ = try await stage.client.jobs.create(request(), key: "wish") }
                == .refused(status: 400, message: "no such file", code: "x", parameter: "training_file"))
        #expect(stage.asked.count { $0.method == "POST" } == 1)
        await stage.close()
    }

    @Test func checkpointsAreReadPageByPage() async throws {
        let stage = try Stage { asked, _ in
            let isFirst = asked.query["after"] == nil
            return .json(
                #"{"data":[{"id":"c\#(isFirst ? 2 : 1)","step_number":\#(isFirst ? 20 : 10),"#
                    + #""fine_tuned_model_checkpoint":"ft:x","metrics":{"train_loss":0.5}}],"has_more":\#(isFirst)}"#)
        }
        let found = try await stage.client.jobs.checkpoints(of: "ftjob-1")
        #expect(found.map(\.step) == [20, 10])
        #expect(found[0].model == "ft:x" && found[0].metrics?.trainingLoss == 0.5)
        await stage.close()
    }
}
