import Foundation
import GRDB
public import TuneModel

/// A file that a job trained on or was validated with, as it was taken into the job's folder.
public struct JobFile: Hashable, Sendable {
    /// What the job calls it: a path, or a file id.
    public let name: String
    /// Where the copy lies; nil when it is gone.
    public let path: String?

    /// The SHA-256 of the copy, in hexadecimal; nil when it is gone.
    public func sha256() throws -> String? { try path.map(SafeCopy.sha256) }
}

extension LocalJobs {
    /// The files of a job: the bytes that it learned from, whatever has become of the originals.
    public func files(of id: JobID) async throws -> (training: JobFile, validation: JobFile?) {
        let paths = workspace.paths
        return try await workspace.read { db in
            let row = try JobTable.row(id, db)
            func file(_ role: String) -> JobFile? {
                guard let name: String = row["\(role)_file"], let copy: String = row["\(role)_copy"] else { return nil }
                let path = paths.absolute(copy)
                return JobFile(name: name, path: FileManager.default.fileExists(atPath: path) ? path : nil)
            }
            guard let training = file("training") else { throw StoreError.jobNotFound(id) }
            return (training, file("validation"))
        }
    }
}

extension ShelvedModel {
    /// The SHA-256 of the weights, in hexadecimal; computed where it is not known. Nil for a folder.
    public func weightsSHA256() throws -> String? {
        var isFolder: ObjCBool = false
        FileManager.default.fileExists(atPath: weightsPath, isDirectory: &isFolder)
        return isFolder.boolValue ? nil : try SafeCopy.sha256(of: weightsPath)
    }
}
