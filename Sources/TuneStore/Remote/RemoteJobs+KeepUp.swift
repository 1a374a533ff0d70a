import Foundation
import GRDB
public import TuneModel

/// Keeping the workspace up with what happens at services.
extension RemoteJobs {
    /// Writes down what happens in a job until all of it stands here; returns at once when it does.
    ///
    /// Any number of processes may do this at once: one of them has the job's lease and asks the service, the others wait
    /// for it. The lease falls free however that one ends, and the next goes on where it stopped.
    ///
    /// - Throws: what no waiting helps: a refused key, a job that is gone. Not for a network that is away.
    public func keepUp(_ id: JobID) async throws {
        var pause = pace.pause
        while true {
            try Task.checkCancellation()
            let entry = try await entry(id)
            if entry.mirror == .done { return }
            if let lease = try lease(on: entry.draft) {
                defer { lease.release() }
                if try await mirror(entry.id) { return }
            } else {
                try await Task.sleep(for: pace.watch)
                continue
            }
            // Nobody knows yet whether the service has made it.
            try await Task.sleep(for: pause)
            pause = min(pause * 2, pace.longestPause)
        }
    }

    /// Keeps up every job that has not ended, and those that come, until the task is cancelled. A job that its service
    /// refuses to tell about is tried again every few minutes.
    public func keepUpAll() async throws {
        let desk = MirrorDesk()
        try await withThrowingDiscardingTaskGroup { group in
            while true {
                for entry in try await due() {
                    guard desk.take(entry.draft) else { continue }
                    group.addTask {
                        do {
                            try await keepUp(entry.id)
                            desk.giveBack(entry.draft, restingFor: .zero)
                        } catch {
                            // It stands in the job's events and contact; the others go on.
                            desk.giveBack(entry.draft, restingFor: pace.rest)
                        }
                    }
                }
                try await Task.sleep(for: pace.round)
            }
        }
    }

    /// Events as they come. While somebody follows, the job is kept up.
    public func follow(_ id: JobID, after last: Int?) -> AsyncThrowingStream<[JobEvent], any Error> {
        let mirrorFailure = MirrorFailure()
        let (stream, tap) = AsyncThrowingStream<[JobEvent], any Error>.makeStream()
        let follower = JobFollower(
            workspace: workspace, id: id, side: .remote, isOver: { $0["mirror"] == RemoteTable.Mirror.done.rawValue },
            look: {
                if let error = mirrorFailure.error { throw error }
            }, roundsPerLook: 1)
        let work = Task {
            let mirror = Task {
                do {
                    try await keepUp(id)
                } catch {
                    mirrorFailure.error = error
                }
            }
            defer { mirror.cancel() }
            do {
                var seen = last ?? 0
                do {
                    for try await chunk in follower.stream(after: seen) {
                        tap.yield(chunk)
                        seen = chunk.last?.id ?? seen
                    }
                } catch {
                    // What was written down about the failure itself.
                    let rest = (try? await events(of: id, after: seen)) ?? []
                    if !rest.isEmpty { tap.yield(rest) }
                    throw error
                }
                tap.finish()
            } catch is CancellationError {
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }

    // MARK: - Inside of the module

    private func due() async throws -> [RemoteTable.Entry] {
        do {
            return try await workspace.read { try RemoteTable.due($0) }
        } catch StoreError.databaseBusy {
            // The next round sees them.
            return []
        }
    }

    /// The right to ask the service about a job; nil while another process has it.
    func lease(on draft: String) throws -> FileLock? {
        let path = leasePath(of: draft)
        try Folder.make((path as NSString).deletingLastPathComponent)
        return try FileLock.trying(at: path)
    }

    func leasePath(of draft: String) -> String { workspace.paths.state + "/remote/" + draft + ".lock" }

    /// For the holder of the lease.
    ///
    /// - Returns: whether all of the job stands here now; else it is not known yet whether the service has it.
    private func mirror(_ id: JobID) async throws -> Bool {
        var entry = try await entry(id)
        if entry.mirror == .done { return true }
        let service = try await find(entry.service)
        if entry.remoteID == nil {
            let line = RemoteLine(workspace: workspace, id: id, pace: pace)
            do {
                entry = try await line.asking { [entry] in try await look(for: entry, at: service) }
            } catch let error where !(error is CancellationError || error is StoreError || Task.isCancelled) {
                try await line.refused(Explanation(of: error))
                throw error
            }
        }
        guard let remoteID = entry.remoteID else { return entry.mirror == .done }
        try await JobMirror(
            workspace: workspace, service: service, id: entry.id, remoteID: remoteID, pace: pace
        ).run()
        return true
    }
}
