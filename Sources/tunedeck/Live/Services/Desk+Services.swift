import Foundation
import TuneClient
import TuneModel
import TuneStore

extension Desk {
    /// The files of a service, or of this machine.
    func fileService(at service: ServiceName?) throws -> any FileService {
        guard let service else { return files }
        return try services.service(service).files
    }

    /// The models of a service, or of this machine.
    func modelService(at service: ServiceName?) throws -> any ModelService {
        guard let service else { return models }
        return try services.service(service).models
    }
}
