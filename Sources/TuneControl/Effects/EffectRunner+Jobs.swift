import TuneModel

extension EffectRunner {
    func performOnJobs(_ effect: Effect, _ post: Post) async throws {
        switch effect {
        case .estimate(let request):
            // Typing a number sends a request at every digit; only the last one is worth the work.
            try await world.sleep(.milliseconds(150))
            post(.launch(.estimated(request, .done(try await world.estimate(request)))))
        case .createJob(let request):
            post(.jobCreated(try await world.jobs.create(request)))
        case .createJobs(let requests):
            post(.jobsCreated(try await world.jobs.createGroup(requests)))
        case .watchJobs:
            try await watchJobs(post)
        case .loadCurves(let ids):
            for id in ids { await loadCurve(id, post) }
        case .follow(let id):
            for try await news in world.jobs.follow(id, after: nil) { post(.follow(.arrived(id, news))) }
            post(.follow(.ended(id)))
        case .cancelJob(let id): post(.jobs(.changed(try await world.jobs.cancel(id))))
        case .pauseJob(let id): post(.jobs(.changed(try await world.jobs.pause(id))))
        case .resumeJob(let id): post(.jobs(.changed(try await world.jobs.resume(id))))
        case .keepJob(let id): post(.jobs(.changed(try await world.jobs.keep(id))))
        case .moveJob(let id, let place):
            try await world.jobs.move(id, to: place)
            post(.jobs(.arrived(try await world.jobs.list(limit: Self.mostJobs))))
        case .deleteJob(let id):
            try await world.jobs.delete(id)
            post(.jobs(.deleted(id)))
        case .cancelJobs(let ids):
            for id in ids { post(.jobs(.changed(try await world.jobs.cancel(id)))) }
        case .deleteJobs(let ids):
            for id in ids {
                try await world.jobs.delete(id)
                post(.jobs(.deleted(id)))
            }
        case .compareJobs(let jobs):
            var pairs: [(job: Job, steps: [StepMetrics])] = []
            for job in jobs { pairs.append((job, try await world.jobs.steps(of: job.id))) }
            post(.compared(JobComparison(pairs, now: world.now())))
        case .loadCourses(let ids):
            for id in ids { post(.charts(.loaded(id, RunCourse(try await world.jobs.events(of: id, after: nil))))) }
        case .exportChart(let sheet, let path):
            try await world.charts.export(sheet, path)
            post(.notice(.done(Wording("Wrote \(path).", "已写入 \(path)。"), at: world.now())))
        case .loadResults(let id):
            post(.resultsArrived(id, csv: try await world.jobs.results(of: id)))
        default:
            preconditionFailure("not an effect on jobs: \(effect)")
        }
    }

    // MARK: -

    /// More than anybody looks through in a list.
    private static let mostJobs = 200

    /// A few looks a second; tells only what has changed, and keeps trying when a look fails.
    private func watchJobs(_ post: Post) async throws {
        var last: [Job]?
        while true {
            try Task.checkCancellation()
            do {
                let jobs = try await world.jobs.list(limit: Self.mostJobs)
                if jobs != last { post(.jobs(.arrived(jobs))) }
                last = jobs
            } catch {
                tell(Explanation(of: error), post)
                try await world.sleep(.seconds(2))
            }
            try await world.sleep(.milliseconds(300))
        }
    }

    /// The losses of a job so far; a list can do without a curve that cannot be read.
    private func loadCurve(_ id: JobID, _ post: Post) async {
        guard let events = try? await world.jobs.events(of: id, after: nil) else { return }
        var series = Series()
        for event in events {
            if case .metrics(let step) = event.kind { series.append(step.trainingLoss, at: step.step) }
        }
        post(.jobs(.curveArrived(id, series)))
    }
}
