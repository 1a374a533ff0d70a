import Foundation
import HTTPTypes
import Testing
import TuneModel
import TuneStore

@testable import TuneServer

/// Jobs through both faces of the protocol.
struct FineTuningTests {
    private func file(_ house: TestHouse, _ text: String = "{}\n", purpose: String = "fine-tune") async throws -> String
    {
        try #require(try await house.upload(text, purpose: purpose).json["id"].text)
    }

    private func job(_ house: TestHouse, _ more: String = "") async throws -> Reply {
        let id = try await file(house)
        return try await house.post(
            "/v1/fine_tuning/jobs", #"{"model":"curie","training_file":"\#(id)"\#(more.isEmpty ? "" : ",")\#(more)}"#)
    }

    /// Lets a worker that is not there do some steps of the oldest job, and end it.
    private func run(_ house: TestHouse, steps: Int = 3) async throws -> Job {
        let claim = try #require(try await JobQueue(house.workspace).claimNext())
        let recorder = JobRecorder(house.workspace, job: claim.job.id)
        try recorder.begin(Hyperparameters(claim.job.request, examples: 10), totalSteps: steps)
        for step in 1...steps {
            try recorder.step(
                StepMetrics(
                    step: step, totalSteps: steps, epoch: 1, elapsedTokens: step, elapsedExamples: step,
                    trainingLoss: 1, trainingTokenAccuracy: 0.5, trainingSequenceAccuracy: 0.2, learningRate: 1e-4,
                    gradientNorm: 1, tokensPerSecond: 10, secondsLeft: 0, peakMemoryMB: 1))
        }
        let adapter = house.workspace.paths.job(claim.job.id) + "/adapter"
        try FileManager.default.createDirectory(atPath: adapter, withIntermediateDirectories: true)
        try recorder.succeed(
            JobOutcome(
                base: claim.job.model, suffix: claim.job.suffix, delivery: .adapter(folder: adapter), separator: " ->",
                ending: "\n", trainedTokens: 9))
        return try await house.jobs.job(claim.job.id)
    }

    @Test func aJobIsQueuedWithWhatWasAskedFor() async throws {
        let house = try await TestHouse()
        let reply = try await job(
            house,
            """
            "suffix":"Jargon","seed":7,"metadata":{"who":"me"},"method":{"type":"supervised","supervised":
            {"hyperparameters":{"n_epochs":2,"batch_size":"auto","learning_rate_multiplier":0.5,"max_steps":9}}}
            """)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(reply.json["object"] == "fine_tuning.job")
        #expect(reply.json["status"] == "queued")
        #expect(reply.json["model"] == "smollm2-135m")
        #expect(reply.json["hyperparameters"]["n_epochs"] == .integer(2))
        #expect(reply.json["hyperparameters"]["batch_size"] == "auto")
        #expect(reply.json["metadata"] == .object([("who", "me")]))
        #expect(reply.json["error"] == .null)
        let stored = try await house.jobs.list(limit: 1)[0]
        #expect(stored.request.epochs == 2)
        #expect(stored.request.learningRateMultiplier == 0.5)
        #expect(stored.request.maxSteps == 9)
        #expect(stored.request.seed == 7)
        #expect(stored.suffix == "Jargon")
        #expect(try await house.get("/v1/fine_tuning/jobs?metadata[who]=me").json["data"].list?.count == 1)
        #expect(try await house.get("/v1/fine_tuning/jobs?metadata%5Bwho%5D=you").json["data"].list?.isEmpty == true)
    }

    @Test func preferencesAreLearnedWithABeta() async throws {
        let house = try await TestHouse()
        _ = try await job(house, #""method":{"type":"dpo","dpo":{"hyperparameters":{"beta":0.3}}}"#)
        #expect(try await house.jobs.list(limit: 1)[0].request.method == .dpo(beta: 0.3))
    }

    @Test func theLegacyFaceShowsTheSameJob() async throws {
        let house = try await TestHouse()
        let id = try await file(house)
        let made = try await house.post(
            "/v1/fine-tunes",
            #"{"training_file":"\#(id)","n_epochs":1,"batch_size":3,"learning_rate_multiplier":0.1,"suffix":"a"}"#)
        #expect(made.status == 200, "\(made.text)")
        #expect(made.json["object"] == "fine-tune")
        #expect(made.json["status"] == "pending")
        #expect(made.json["hyperparams"]["batch_size"] == .integer(3))
        #expect(made.json["training_files"][0]["id"].text == id)
        #expect(made.json["events"][0]["object"] == "fine-tune-event")
        let name = try #require(made.json["id"].text)
        let stored = try await house.jobs.list(limit: 1)[0]
        #expect(name == stored.id.legacyText)
        #expect(stored.request.promptLossWeight == 0.01)
        for spelling in [name, stored.id.text] {
            #expect(try await house.get("/v1/fine-tunes/\(spelling)").json["id"].text == name)
            #expect(try await house.get("/v1/fine_tuning/jobs/\(spelling)").json["id"].text == stored.id.text)
        }
        #expect(try await house.get("/v1/fine-tunes").json["data"][0]["id"].text == name)
    }

    @Test func aJobIsPausedResumedCancelledAndDeleted() async throws {
        let house = try await TestHouse()
        let id = try #require(try await job(house).json["id"].text)
        let path = "/v1/fine_tuning/jobs/\(id)"
        #expect(try await house.post("\(path)/pause").json["status"] == "paused")
        #expect(try await house.post("\(path)/resume").json["status"] == "queued")
        #expect(try await house.delete("/v1/fine-tunes/\(id)").status == 400)
        #expect(try await house.post("\(path)/cancel").json["status"] == "cancelled")
        let again = try await house.post("\(path)/cancel")
        #expect(again.status == 400)
        #expect(again.error["message"].text?.contains("already ended") == true)
        #expect(try await house.post("\(path)/resume").status == 400)
        #expect(try await house.delete("/v1/fine-tunes/\(id)").json["deleted"] == .bool(true))
        #expect(try await house.get(path).status == 404)
    }

    @Test func aFinishedJobHasAModelEventsAndResults() async throws {
        let house = try await TestHouse()
        _ = try await job(house)
        let done = try await run(house)
        let reply = try await house.get("/v1/fine_tuning/jobs/\(done.id)").json
        #expect(reply["status"] == "succeeded")
        #expect(reply["fine_tuned_model"].text == done.fineTunedModel)
        #expect(reply["trained_tokens"] == .integer(9))
        let results = try #require(reply["result_files"][0].text)
        let csv = try await house.get("/v1/files/\(results)/content")
        #expect(csv.text.hasPrefix(Results.header + "\n1,"))
        let file = try await house.get("/v1/files/\(results)").json
        #expect(file["purpose"] == "fine-tune-results")
        #expect(file["bytes"] == .integer(csv.body.count))
        #expect(try await house.delete("/v1/files/\(results)").status == 400)
        let legacy = try await house.get("/v1/fine-tunes/\(done.id.legacyText)").json
        #expect(legacy["result_files"][0]["id"].text == results)
        #expect(legacy["status"] == "succeeded")
        let listed = try await house.get("/v1/files?purpose=fine-tune-results").json
        #expect(listed["data"].list?.map { $0["id"].text } == [results])
    }

    @Test func eventsComePageByPageTheNewestFirst() async throws {
        let house = try await TestHouse()
        _ = try await job(house)
        let done = try await run(house, steps: 5)
        let all = try await house.jobs.events(of: done.id, after: nil)
        var found: [String] = []
        var after = ""
        while true {
            let page = try await house.get("/v1/fine_tuning/jobs/\(done.id)/events?limit=3\(after)").json
            let items = page["data"].list ?? []
            found += items.compactMap { $0["message"].text }
            guard page["has_more"] == .bool(true) else { break }
            after = "&after=\(try #require(items.last?["id"].text))"
        }
        #expect(found == all.reversed().map(\.message.english))
        let newest = try await house.get("/v1/fine_tuning/jobs/\(done.id)/events?limit=3").json["data"]
        #expect(newest[1]["type"] == "metrics")
        #expect(newest[1]["data"]["step"] == .integer(5))
        #expect(try await house.get("/v1/fine_tuning/jobs/\(done.id)/events?after=ftevent-x-1").status == 400)
    }

    @Test func legacyEventsStreamUntilTheEnd() async throws {
        let house = try await TestHouse()
        _ = try await job(house)
        let done = try await run(house)
        let reply = try await house.get("/v1/fine-tunes/\(done.id.legacyText)/events?stream=true")
        #expect(reply.headers[.contentType] == "text/event-stream; charset=utf-8")
        let events = reply.events
        #expect(events.last == "[DONE]")
        #expect(events[events.count - 2]["message"].text?.hasPrefix("Job succeeded") == true)
        let plain = try await house.get("/v1/fine-tunes/\(done.id.legacyText)/events").json
        #expect(plain["data"].list == Array(events.dropLast()))
    }

    @Test func jobsComePageByPage() async throws {
        let house = try await TestHouse()
        var ids: [String] = []
        for _ in 0..<5 { ids.insert(try #require(try await job(house).json["id"].text), at: 0) }
        let first = try await house.get("/v1/fine_tuning/jobs?limit=2").json
        #expect(first["data"].list?.compactMap { $0["id"].text } == Array(ids[0..<2]))
        #expect(first["has_more"] == .bool(true))
        let rest = try await house.get("/v1/fine_tuning/jobs?limit=9&after=\(ids[1])").json
        #expect(rest["data"].list?.compactMap { $0["id"].text } == Array(ids[2...]))
        #expect(rest["has_more"] == .bool(false))
    }

    @Test func checkpointsAreListed() async throws {
        let house = try await TestHouse()
        _ = try await job(house)
        let done = try await run(house)
        let folder = house.workspace.paths.job(done.id) + "/checkpoints"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["step-2.safetensors", "step-3.safetensors", "best-2.safetensors", "x"] {
            try "".write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        let list = try await house.get("/v1/fine_tuning/jobs/\(done.id)/checkpoints").json
        #expect(list["data"].list?.map { $0["step_number"] } == [.integer(3), .integer(2)])
        #expect(list["data"][0]["metrics"]["train_loss"] == .number(1))
        #expect(list["data"][0]["fine_tuned_model_checkpoint"].text?.hasSuffix(":ckpt-step-3") == true)
    }

    @Test func aWorkerThatDoesNotStartIsToldInTheEvents() async throws {
        let house = try await TestHouse(
            launcher: WorkerLauncher { _ in throw StoreError.workerCannotStart(reason: "no such program") })
        let id = try #require(try await job(house).json["id"].text)
        let newest = try await house.get("/v1/fine_tuning/jobs/\(id)/events").json["data"][0]
        #expect(newest["level"] == "warn")
        #expect(newest["message"] == "The worker cannot be started: no such program.")
        #expect(try await house.get("/v1/fine_tuning/jobs/\(id)").json["status"] == "queued")
    }

    @Test(arguments: ["/etc/passwd", "file-nobody", "workspace.db", "../../a.jsonl", "~/.ssh/id_rsa"])
    func aPathOfThisMachineIsNoTrainingFile(_ name: String) async throws {
        let house = try await TestHouse()
        for path in ["/v1/fine-tunes", "/v1/fine_tuning/jobs"] {
            let reply = try await house.post(path, #"{"model":"curie","training_file":"\#(name)"}"#)
            #expect(reply.status == 400)
            #expect(reply.error["param"] == "training_file")
        }
        #expect(try await house.jobs.list(limit: 1).isEmpty)
    }

    @Test func aFileThatCannotBeTrainedOnIsRefused() async throws {
        let house = try await TestHouse()
        let bad = try await file(house, "no record")
        let other = try await file(house, purpose: "batch")
        for (id, code) in [(bad, "invalid_training_file"), (other, "invalid_file_purpose")] {
            let reply = try await house.post("/v1/fine-tunes", #"{"training_file":"\#(id)"}"#)
            #expect(reply.status == 400)
            #expect(reply.error["code"].text == code)
        }
    }

    @Test(arguments: [
        (#""suffix":"""#, "suffix"), (#""seed":-1"#, "seed"), (#""integrations":[{"type":"wandb"}]"#, "integrations"),
        (#""hyperparameters":{"n_epochs":0}"#, "hyperparameters.n_epochs"),
        (#""hyperparameters":{"batch_size":"big"}"#, "hyperparameters.batch_size"),
        (#""method":{"type":"reinforcement"}"#, "method.type"),
        (#""method":{"type":"dpo","dpo":{"hyperparameters":{"beta":3}}}"#, "method.dpo.hyperparameters.beta"),
        (#""metadata":{"a":1}"#, "metadata.a"), (#""metadata":[]"#, "metadata"),
        (#""validation_file":"x""#, "validation_file"),
    ])
    func aBadSettingIsToldByItsName(_ setting: String, _ name: String) async throws {
        let house = try await TestHouse()
        let reply = try await job(house, setting)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.error["param"].text == name, "\(reply.text)")
        #expect(try await house.jobs.list(limit: 1).isEmpty)
    }

    @Test func classificationIsRefusedInWords() async throws {
        let house = try await TestHouse()
        let id = try await file(house)
        let reply = try await house.post(
            "/v1/fine-tunes", #"{"training_file":"\#(id)","compute_classification_metrics":true}"#)
        #expect(reply.status == 400)
        #expect(reply.error["message"].text?.contains("tunedeck eval") == true)
    }

    @Test(arguments: ["x", "ft-x", "ftjob-aaaaaaaaaaaaaaaaaaaaaaaa", "..%2F..", "%00"])
    func anUnknownJobIsNotFound(_ id: String) async throws {
        let house = try await TestHouse()
        for path in ["/v1/fine-tunes/\(id)", "/v1/fine_tuning/jobs/\(id)", "/v1/fine-tunes/\(id)/events?stream=true"] {
            let reply = try await house.get(path)
            #expect(reply.status == 404, "\(path)")
            #expect(reply.error["code"] == "fine_tune_not_found")
        }
    }

    @Test func anUnknownModelIsToldWithThoseThatThereAre() async throws {
        let house = try await TestHouse()
        let id = try await file(house)
        let reply = try await house.post("/v1/fine_tuning/jobs", #"{"model":"gpt-9","training_file":"\#(id)"}"#)
        #expect(reply.status == 404)
        #expect(reply.error["message"].text?.contains("smollm2-135m") == true)
    }
}
