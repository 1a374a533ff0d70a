public import TuneModel

/// One look at a service.
extension RemoteJobs {
    /// Writes down what has happened in a job until now, and all of it when it has ended. Returns at once when all of it
    /// stands here, or while another process keeps it up.
    ///
    /// - Throws: what keeps the service from answering, once it is written down.
    public func catchUp(_ id: JobID) async throws {
        var entry = try await entry(id)
        guard entry.mirror != .done, let lease = try lease(on: entry.draft) else { return }
        defer { lease.release() }
        let line = RemoteLine(workspace: workspace, id: entry.id, pace: pace)
        do {
            let service = try await find(entry.service)
            if entry.remoteID == nil { entry = try await look(for: entry, at: service) }
            guard let remoteID = entry.remoteID else { return }
            let job = try await service.job(remoteID)
            try await line.good()
            if job.status.isFinal {
                try await JobMirror(
                    workspace: workspace, service: service, id: entry.id, remoteID: remoteID, pace: pace
                ).run()
            } else {
                try await workspace.write { [entry] in try RemoteTable.tell(job, to: entry.id, $0) }
                try await listen(to: entry, remoteID, of: service)
            }
        } catch let error where !(error is CancellationError || error is StoreError || Task.isCancelled) {
            let why = Explanation(of: error)
            if RemoteLine.mayPass(error) { try await line.away(why) } else { try await line.refused(why) }
            throw error
        }
    }

    /// Until the service has told how the job is now, which it does after its events.
    private func listen(
        to entry: RemoteTable.Entry, _ remoteID: String, of service: any RemoteJobService
    ) async throws {
        let known = try await workspace.read { try RemoteTable.marks(of: entry.id, $0) }
        for try await news in service.follow(remoteID, known: known) {
            switch news {
            case .events(let events):
                try await workspace.write { try RemoteTable.append(events, to: entry.id, $0) }
            case .job(let job):
                if !job.status.isFinal { try await workspace.write { try RemoteTable.tell(job, to: entry.id, $0) } }
                return
            case .away(let why, _):
                try await RemoteLine(workspace: workspace, id: entry.id, pace: pace).away(why)
                return
            case .back: break
            }
        }
    }
}
