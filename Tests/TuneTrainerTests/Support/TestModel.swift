import Foundation

/// The base model that some tests need: 98 MB, so it is fetched once and not kept in the repository.
enum TestModel {
    /// The GGUF file of smollm2-135m: `$TUNEDECK_TEST_MODEL`, else where `tunedeck models pull smollm2-135m` puts it.
    static var path: String {
        get throws {
            let environment = ProcessInfo.processInfo.environment
            if let path = environment["TUNEDECK_TEST_MODEL"], !path.isEmpty {
                guard FileManager.default.fileExists(atPath: path) else { throw Missing(place: path) }
                return path
            }
            let folder = dataFolder(environment).appending(path: "models/smollm2-135m")
            let files =
                (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
            let models = files.filter { $0.pathExtension == "gguf" }.map { $0.path(percentEncoded: false) }.sorted()
            guard let model = models.first else { throw Missing(place: folder.path(percentEncoded: false)) }
            return model
        }
    }

    /// Whether the long form of the tests runs, by `make torture`.
    static var isTortured: Bool { ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] != nil }

    private static func dataFolder(_ environment: [String: String]) -> URL {
        if let home = environment["TUNEDECK_HOME"], !home.isEmpty { return URL(filePath: home) }
        if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return URL(filePath: data + "/tunedeck") }
        return FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share/tunedeck")
    }

    struct Missing: Error, CustomStringConvertible {
        let place: String
        var description: String {
            "The base model is not at \(place): `tunedeck models pull smollm2-135m` fetches it, "
                + "or set TUNEDECK_TEST_MODEL to the path of SmolLM2-135M-Instruct.Q4_1.gguf."
        }
    }
}
