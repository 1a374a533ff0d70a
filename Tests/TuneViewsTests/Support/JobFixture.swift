import Foundation
import TuneModel

enum JobFixture {
    static var job: Job {
        var job = Job(
            id: FakeJobs.id("z"), status: .running, model: "smollm2-135m", suffix: "jargon-1",
            trainingFile: "/data/jargon_prepared.jsonl", createdAt: Date(timeIntervalSince1970: 1_790_000_000),
            request: HyperparameterRequest())
        job.hyperparameters = Hyperparameters(job.request, examples: 2305)
        job.latest = Course.steps(40...40).first
        return job
    }
}
