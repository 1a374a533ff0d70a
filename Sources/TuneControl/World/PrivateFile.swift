import Foundation

/// Files for one person's eyes, each in a folder of its own.
enum PrivateFile {
    /// A new path in a new folder that nobody else can enter.
    static func make(named name: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tunedeck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        return folder.appendingPathComponent(name).path
    }

    /// Writes in place, so that the mode stays.
    static func write(_ text: String, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    /// The file and its folder, with what an editor left beside it.
    static func remove(_ path: String) {
        let folder = (path as NSString).deletingLastPathComponent
        guard (folder as NSString).lastPathComponent.hasPrefix("tunedeck-") else { return }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
