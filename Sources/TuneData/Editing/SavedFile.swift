import Foundation

/// A file on its way into the place of another, with all that the other has beside its bytes.
enum SavedFile {
    /// Makes the passing file. Throws where something cannot be given to it.
    static func begin(at path: String, like source: SourceFile) throws(DataError) -> PendingFile {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return try PendingFile(for: path) }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(file: path) }
        // Replacing the file would leave its other names behind.
        guard facts.st_nlink < 2 else { throw .cannotKeep(file: path, .names(Int(facts.st_nlink))) }
        // A file that may not be written to is not meant to be replaced either.
        guard access(path, W_OK) == 0 else { throw PendingFile.failure(path) }
        let file = try PendingFile(for: path, mode: facts.st_mode)
        file.takeOwner(of: facts)
        guard file.hasOwner(of: facts) else { throw .cannotKeep(file: path, .owner) }
        if let attribute = file.takeAttributes(of: path) { throw .cannotKeep(file: path, .attribute(attribute)) }
        return file
    }
}

extension PendingFile {
    /// Whether the file belongs to whom that one does.
    func hasOwner(of facts: stat) -> Bool {
        var own = stat()
        return fstat(descriptor, &own) == 0 && own.st_uid == facts.st_uid && own.st_gid == facts.st_gid
            && own.st_mode & 0o7777 == facts.st_mode & 0o7777
    }

    /// Gives the file the extended attributes of another; returns the first that it cannot be given.
    func takeAttributes(of path: String) -> String? {
        let size = Attributes.list(path, nil, 0)
        guard size > 0 else { return nil }
        var names = [CChar](repeating: 0, count: size)
        let count = Attributes.list(path, &names, size)
        guard count > 0 else { return nil }
        for part in names[..<count].split(separator: 0) {
            let name = String(decoding: part.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // The system gives every file a label of its own.
            if name == "security.selinux" || name == "com.apple.provenance" { continue }
            let length = Attributes.get(path, name, nil, 0)
            guard length >= 0 else { return name }
            var value = [UInt8](repeating: 0, count: max(length, 1))
            guard Attributes.get(path, name, &value, length) == length else { return name }
            guard Attributes.set(descriptor, name, value, length) == 0 else { return name }
        }
        return nil
    }
}

/// The system's calls for extended attributes. On Linux its module leaves them out, so that they are looked up by name.
enum Attributes {
    static func list(_ path: String, _ names: UnsafeMutablePointer<CChar>?, _ size: Int) -> Int {
        #if canImport(Darwin)
            listxattr(path, names, size, 0)
        #else
            call("listxattr", as: Listing.self)?(path, names, size) ?? 0
        #endif
    }

    static func get(_ path: String, _ name: String, _ value: UnsafeMutableRawPointer?, _ size: Int) -> Int {
        #if canImport(Darwin)
            getxattr(path, name, value, size, 0, 0)
        #else
            call("getxattr", as: Getting.self)?(path, name, value, size) ?? -1
        #endif
    }

    static func set(_ descriptor: Int32, _ name: String, _ value: UnsafeRawPointer, _ size: Int) -> Int32 {
        #if canImport(Darwin)
            fsetxattr(descriptor, name, value, size, 0, 0)
        #else
            call("fsetxattr", as: Setting.self)?(descriptor, name, value, size, 0) ?? -1
        #endif
    }

    #if !canImport(Darwin)
        private typealias Listing = @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<CChar>?, Int) -> Int
        private typealias Getting =
            @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer?, Int) -> Int
        private typealias Setting =
            @convention(c) (Int32, UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32) -> Int32

        private static func call<Function>(_ name: String, as type: Function.Type) -> Function? {
            dlsym(nil, name).map { unsafeBitCast($0, to: type) }
        }
    #endif
}
