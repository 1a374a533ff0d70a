import Foundation

/// A folder that is gone when the last reference to it is.
final class TemporaryFolder: Sendable {
    let url: URL
    var path: String { url.path(percentEncoded: false) }

    init() throws {
        url = URL(filePath: NSTemporaryDirectory()).appending(path: "trainer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// A copy of a folder of fixtures, to be changed.
    convenience init(copying name: String) throws {
        try self.init()
        for file in try FileManager.default.contentsOfDirectory(atPath: Fixture.path(name)) {
            try FileManager.default.copyItem(
                atPath: Fixture.path("\(name)/\(file)"), toPath: url.appending(path: file).path(percentEncoded: false))
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
