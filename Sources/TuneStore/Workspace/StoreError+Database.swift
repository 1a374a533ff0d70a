import Foundation
import GRDB

extension StoreError {
    /// What SQLite said, as a fact about the workspace.
    init(database path: String, _ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL:
            self = .diskFull(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .databaseDamaged(path: path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            self = .notWritable(path: path, reason: error.message ?? "")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .databaseBusy(path: path)
        case .SQLITE_IOERR where Disk.free(at: path).map({ $0 < 1 << 16 }) ?? false:
            // The shared-memory file of WAL mode could not grow.
            self = .diskFull(path: path)
        default:
            self = .databaseFailed(path: path, reason: error.message ?? error.resultCode.description)
        }
    }

    init(openingDatabase path: String, _ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(database: path, error)
        default: self = .databaseFailed(path: path, reason: "\(error)")
        }
    }
}
