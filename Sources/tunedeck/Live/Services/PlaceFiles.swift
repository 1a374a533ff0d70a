import Foundation
import TuneClient
import TuneModel
import TuneStore

extension Desk {
    /// The files of a service, or of this machine.
    func files(at service: ServiceName?) throws -> any FileService {
        guard let service else { return files }
        return try services.service(service).files
    }

    /// The models of a service, or of this machine.
    func models(at service: ServiceName?) throws -> any ModelService {
        guard let service else { return models }
        return try services.service(service).models
    }
}
