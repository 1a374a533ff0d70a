import Foundation
import TuneClient
import TuneControl
import TuneModel
import TuneStore

extension ServiceClient {
    /// The services of a workspace.
    static func live(_ desk: Desk) -> ServiceClient {
        ServiceClient(
            list: { ServiceRoll(cards: desk.services.cards, current: try await desk.services.current()) },
            choose: { try await desk.services.use($0) }, check: { try await ServiceTrial(desk: desk).check($0) },
            add: { service in
                try ServiceWriting(path: desk.paths.configFile).add(service)
                desk.services.reload(try Config(path: desk.paths.configFile))
                return try desk.services.card(of: service.name)
            },
            trainable: { name in try await desk.modelService(at: name).list().map { $0.placed(at: name) } },
            files: { try await desk.fileService(at: $0).list() },
            upload: { service, path in upload(path, to: service, on: desk) },
            deleteFile: { service, id in
                try await desk.fileService(at: service).delete(id)
                if let service { try await desk.uploads.forget(file: id.text, of: service) }
            },
            saveFile: { service, id, path in
                if FileManager.default.fileExists(atPath: path) { throw FileInTheWay(path: path) }
                guard let service else {
                    let content = try await desk.files.content(of: id)
                    return try content.write(to: URL(filePath: path), options: .withoutOverwriting)
                }
                try await desk.services.service(service).download(id, to: path)
            },
            knownUploads: { service, path in
                let hash = try FileHash.sha256(of: path).hash
                return try await Departures(desk: desk).candidates(for: path, at: service).map { candidate in
                    KnownUpload(
                        service: service, file: candidate.id, filename: candidate.filename,
                        bytes: try FileHash.sha256(of: path).bytes, sha256: candidate.match == .bytes ? hash : "",
                        uploadedAt: candidate.uploadedAt)
                }
            }, departure: { try await Departures(desk: desk).departure(of: $0) },
            create: { requests, choices in create(requests, choices, on: desk) })
    }

    private static func upload(
        _ path: String, to service: ServiceName?, on desk: Desk
    ) -> AsyncThrowingStream<UploadNews, any Error> {
        AsyncThrowingStream { tap in
            let work = Task {
                do {
                    let progress: @Sendable (TransferProgress) -> Void = { tap.yield(.progressed($0)) }
                    let stored: StoredFile
                    if let service {
                        stored = try await FileSending(desk: desk).send(path, to: service, progress: progress)
                    } else {
                        stored = try await desk.files.upload(path, purpose: "fine-tune", progress: progress)
                    }
                    tap.yield(.done(stored))
                    tap.finish()
                } catch {
                    tap.finish(throwing: error)
                }
            }
            tap.onTermination = { _ in work.cancel() }
        }
    }

    /// What would leave is reckoned once more: the files may have changed since it was shown.
    private static func create(
        _ requests: [JobRequest], _ choices: DepartureChoices, on desk: Desk
    ) -> AsyncThrowingStream<CreationNews, any Error> {
        AsyncThrowingStream { tap in
            let work = Task {
                do {
                    let departures = Departures(desk: desk)
                    var leaving: [Departure] = []
                    for request in requests { leaving.append(try await departures.departure(of: request)) }
                    let jobs = try await RemoteCreation(desk: desk).create(requests, leaving, choices) { path, told in
                        tap.yield(.sending(path: path, told))
                    }
                    tap.yield(.created(jobs))
                    tap.finish()
                } catch {
                    tap.finish(throwing: error)
                }
            }
            tap.onTermination = { _ in work.cancel() }
        }
    }
}

/// A file would be written over.
struct FileInTheWay: ExplainedError, Equatable {
    let path: String

    var exitStatus: ExitStatus { .usage }

    var explanation: Explanation {
        Explanation(
            Wording("\(path) exists already.", "\(path) 已存在。"),
            next: Wording("Name another path.", "请换一个路径。"))
    }
}
