import Foundation

/// Folders of the workspace, and what the operating system says about them.
enum Folder {
    /// Makes a folder and its parents, with mode 0700; one that exists is left as it is.
    static func make(_ path: String) throws(StoreError) {
        if mkdir(path, 0o700) == 0 { return }
        let code = errno
        let parent = (path as NSString).deletingLastPathComponent
        switch code {
        case EEXIST where isFolder(path):
            return
        case EEXIST:
            throw StoreError(savingTo: path, errno: ENOTDIR)
        case ENOENT where parent != path && !parent.isEmpty && !isFolder(parent):
            try make(parent)
            // Another process may have made it meanwhile.
            guard mkdir(path, 0o700) == 0 || isFolder(path) else { throw StoreError(savingTo: path, errno: errno) }
        default:
            throw StoreError(savingTo: path, errno: code)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// Removes a file or a folder with all that is in it; one that is not there is fine.
    static func remove(_ path: String) throws(StoreError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw StoreError(savingTo: path, error)
        }
    }

    /// Bytes in a folder and the folders in it, or of a file.
    static func size(_ path: String) -> Int64 {
        if !isFolder(path) {
            return (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.int64Value ?? 0
        }
        guard let names = FileManager.default.enumerator(atPath: path) else { return 0 }
        var bytes: Int64 = 0
        while names.nextObject() != nil {
            guard names.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            bytes += (names.fileAttributes?[.size] as? NSNumber)?.int64Value ?? 0
        }
        return bytes
    }

    /// Makes a rename or a new name in the folder last through a loss of power.
    static func sync(_ path: String) {
        let folder = open(path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        // Some network file systems refuse this; the rename itself has happened.
        _ = fsync(folder)
        close(folder)
    }
}

/// How much room a disk has.
public enum Disk {
    /// Bytes that this user may still write on the disk of `path`; nil when it cannot be told.
    public static func free(at path: String) -> Int64? {
        var figures = statvfs()
        guard statvfs(path, &figures) == 0 else { return nil }
        return Int64(figures.f_bavail) * Int64(figures.f_frsize)
    }
}
