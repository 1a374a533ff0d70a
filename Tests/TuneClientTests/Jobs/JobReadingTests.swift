import Foundation
import Testing
import TuneModel

@testable import TuneClient

@Suite struct JobReadingTests {
    private func job(_ text: String) throws -> RemoteJob {
        try #require(RemoteJob(try JSONReader.read(Array(text.utf8))))
    }

    @Test func whatHasNoPlaceIsKeptAsText() throws {
        let job = try job(
            #"{"zeta":{"a":[1,2.50]},"id":"ftjob-1","status":"dreaming","object":"fine_tuning.job","n":null,"e":[],"#
                + #""organization_id":"org-1","usage_metrics":7}"#)
        #expect(job.status == .other("dreaming"))
        #expect(
            job.extras == [
                RemoteField(name: "zeta", value: #"{"a":[1,2.50]}"#),
                RemoteField(name: "organization_id", value: "org-1"),
                RemoteField(name: "usage_metrics", value: "7"),
            ])
    }

    @Test func aModernJobIsRead() throws {
        let job = try job(
            """
            {"id":"ftjob-1","created_at":100,"finished_at":200,"estimated_finish":300,"model":"gpt","status":"paused",
            "fine_tuned_model":"ft:gpt","training_file":"file-1","validation_file":"file-2","result_files":["file-3"],
            "trained_tokens":42,"seed":7,"user_provided_suffix":"mine","metadata":{"a":"b"},"error":{"code":null},
            "hyperparameters":{"n_epochs":"auto","batch_size":2},
            "method":{"type":"dpo","dpo":{"hyperparameters":{"beta":0.2,"n_epochs":3,"learning_rate_multiplier":"auto"}}}}
            """)
        #expect(job.status == .paused)
        #expect(job.createdAt == Date(timeIntervalSince1970: 100) && job.finishedAt == Date(timeIntervalSince1970: 200))
        #expect(job.estimatedFinish == Date(timeIntervalSince1970: 300))
        #expect(job.fineTunedModel == "ft:gpt" && job.suffix == "mine" && job.metadata == ["a": "b"])
        #expect(job.trainingFile == "file-1" && job.validationFile == "file-2" && job.resultFiles == ["file-3"])
        #expect(job.trainedTokens == 42)
        #expect(job.failure == nil)
        #expect(job.extras.isEmpty)
        #expect(
            job.hyperparameters
                == HyperparameterRequest {
                    $0.epochs = 3
                    $0.batchSize = 2
                    $0.method = .dpo(beta: 0.2)
                    $0.seed = 7
                })
    }

    @Test func aLegacyJobIsRead() throws {
        let job = try job(
            """
            {"id":"ft-1","created_at":100,"updated_at":250,"model":"curie","status":"succeeded",
            "hyperparams":{"n_epochs":4,"prompt_loss_weight":0.01},"training_files":[{"id":"file-1"}],
            "validation_files":[],"result_files":[{"id":"file-3"}],"events":[]}
            """)
        #expect(job.trainingFile == "file-1" && job.validationFile == nil && job.resultFiles == ["file-3"])
        #expect(job.finishedAt == Date(timeIntervalSince1970: 250))
        #expect(job.hyperparameters.epochs == 4 && job.hyperparameters.promptLossWeight == 0.01)
        #expect(job.extras.isEmpty)
    }

    @Test func onlyItsIdHasToBeThere() throws {
        #expect(try job(#"{"id":"x"}"#).status == .other(""))
        #expect(RemoteJob(try JSONReader.read(Array(#"{"status":"running"}"#.utf8))) == nil)
    }

    @Test func aFailureIsTold() throws {
        let job = try job(
            #"{"id":"x","status":"failed","error":{"code":"bad_file","message":"Line 3.","param":"training_file"}}"#)
        #expect(job.failure?.code == "bad_file")
        #expect(job.failure?.explanation.what.english == "The service says: Line 3.")
        #expect(job.failure?.explanation.next.english == "Change `training_file`.")
    }
}
