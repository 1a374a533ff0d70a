import Synchronization
import TuneModel

/// Remembers uploads as long as it lives.
final class UploadNotes: UploadMemory {
    private let known = Mutex<[KnownUpload]>([])
    private let begun = Mutex<[PartialUpload]>([])

    var kept: [KnownUpload] { known.withLock { $0 } }
    var partial: [PartialUpload] { begun.withLock { $0 } }

    func uploads(to service: ServiceName, sha256: String) -> [KnownUpload] {
        known.withLock { $0.filter { $0.service == service && $0.sha256 == sha256 } }
    }

    func keep(_ upload: KnownUpload) { known.withLock { $0.append(upload) } }

    func forget(file: String, of service: ServiceName) {
        known.withLock { $0.removeAll { $0.file == file && $0.service == service } }
    }

    func partialUpload(to service: ServiceName, sha256: String) -> PartialUpload? {
        begun.withLock { $0.first { $0.service == service && $0.sha256 == sha256 } }
    }

    func keep(_ upload: PartialUpload) {
        begun.withLock {
            $0.removeAll { $0.upload == upload.upload }
            $0.append(upload)
        }
    }

    func forget(upload: String, of service: ServiceName) {
        begun.withLock { $0.removeAll { $0.upload == upload && $0.service == service } }
    }
}
