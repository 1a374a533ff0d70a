import Foundation
import TuneModel
import TuneStore
import TuneTrainer

extension EvaluationServices {
    /// Models of this workspace, measured and asked on this machine; those of services are only asked.
    init(_ desk: Desk) {
        self.init(
            losses: { name, records in
                // A service gives answers, not the chances of given ones.
                if ModelAddress(name, services: desk.services.names).service != nil { return [] }
                let engine = try await desk.models.engine(of: name)
                return try await Lane.run("evaluation") { try engine.losses(of: records) }
            },
            answer: { request in
                let address = ModelAddress(request.model, services: desk.services.names)
                guard let service = address.service else { return desk.models.answer(request) }
                var there = request
                there.model = address.name
                do {
                    return try desk.modelService(at: service).answer(there)
                } catch {
                    return AsyncThrowingStream { $0.finish(throwing: error) }
                }
            },
            manner: { name in
                if ModelAddress(name, services: desk.services.names).service != nil {
                    return AskingManner(learned: nil, separator: nil, ending: nil)
                }
                return AskingManner(try await desk.shelf.find(name))
            })
    }
}

extension AskingManner {
    init(_ model: ShelvedModel) {
        self.init(
            learned: model.isBase ? nil : model.isChat ? .chat : .completion, separator: model.separator,
            ending: model.ending)
    }
}

extension EvaluationRun {
    /// Reads the records of a request's dataset: a path, or an uploaded file by its id.
    init(_ request: EvaluationRequest, on desk: Desk) async throws {
        let found = try await TrainingRecords(file: request.dataset, on: desk)
        var name = URL(filePath: request.dataset).lastPathComponent
        if !FileManager.default.fileExists(atPath: request.dataset), let id = FileID(request.dataset) {
            name = try await desk.files.file(id).filename
        }
        try self.init(
            request, records: found.records, frame: found.frame, name: name, services: EvaluationServices(desk))
    }
}
