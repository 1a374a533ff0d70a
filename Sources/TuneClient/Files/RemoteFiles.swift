import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TuneModel

/// The files of a service.
struct RemoteFiles: FileService {
    let line: Line
    let memory: any UploadMemory

    func upload(
        _ path: String, purpose: String, progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredFile {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try await upload(path, as: name, purpose: purpose, progress: progress)
    }

    /// Takes pieces into a file of this machine, and uploads that once it is whole.
    func receive() async throws -> any FileIntake { try RemoteIntake(files: self) }

    func list() async throws -> [StoredFile] {
        var found: [StoredFile] = []
        var seen: Set<String> = []
        var after: String?
        repeat {
            // The most that a page may hold; the newest come first where nothing else is asked for.
            let query = [("limit", "10000")] + (after.map { [("after", $0)] } ?? [])
            let answer = try await line.json(.get("files", query: query))
            guard let items = answer["data"].list else {
                throw ServiceFault.badAnswer(host: line.host, detail: Wording("it has no list", "其中没有列表"))
            }
            let fresh = items.filter { item in item["id"].text.map { seen.insert($0).inserted } ?? false }
            found += fresh.compactMap(StoredFile.init)
            after = answer["has_more"].isTrue && !fresh.isEmpty ? items.last?["id"].text : nil
        } while after != nil
        return found.enumerated().sorted {
            ($0.element.createdAt, $1.offset) > ($1.element.createdAt, $0.offset)
        }.map(\.element)
    }

    func file(_ id: FileID) async throws -> StoredFile {
        try stored(try await line.json(.get("files", id.text)))
    }

    func content(of id: FileID) async throws -> Data { Data(try await bytes(of: id.text)) }

    /// A file's content in memory, by whatever id the service gave it.
    func bytes(of id: String) async throws -> [UInt8] {
        var call = Call.get("files", id, "content")
        call.accept = "*/*"
        call.mayLeave = true
        return try await line.perform(call) { [line] opened in
            try Self.refusePage(opened)
            return try await line.collect(opened, limit: line.profile.limits.answerBytes)
        }
    }

    func delete(_ id: FileID) async throws {
        do {
            _ = try await line.json(.delete("files", id.text))
        } catch ServiceFault.notFound(let message) {
            // Gone is gone, whoever did it; what was remembered of it must not be offered again.
            try await memory.forget(file: id.text, of: line.profile.name)
            throw ServiceFault.notFound(message: message)
        }
        try await memory.forget(file: id.text, of: line.profile.name)
    }

    /// Writes the content beside the path first, and puts it there once it is whole.
    func download(
        _ id: FileID, to path: String, progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws {
        let partial = path + ".part-" + UUID().uuidString.prefix(8)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        var call = Call.get("files", id.text, "content")
        call.accept = "*/*"
        call.mayLeave = true
        call.isDownload = true
        // A body that never ends must not fill the disk; packed in base64, the bytes are a third more.
        let most = max(2 * (try await file(id).bytes), 0) + Int64(line.profile.limits.answerBytes)
        // However large it is, it may take as long as it keeps coming.
        try await line.perform(call, by: line.deadline(.seconds(86_400))) { opened in
            try Self.refusePage(opened)
            guard FileManager.default.createFile(atPath: partial, contents: nil),
                let handle = FileHandle(forWritingAtPath: partial)
            else {
                throw ServiceFault.unwritableFile(
                    path: path, reason: Wording(verbatim: String(cString: strerror(errno))))
            }
            let total = opened.headers.first(name: "content-length").flatMap { Int64($0) }
            var done: Int64 = 0
            for try await buffer in opened.body {
                guard done + Int64(buffer.readableBytes) <= most else {
                    throw ServiceFault.answerTooLarge(limit: Int(most))
                }
                do {
                    try handle.write(contentsOf: Data(buffer.readableBytesView))
                } catch {
                    throw ServiceFault.unwritableFile(path: path, reason: Wording(verbatim: error.localizedDescription))
                }
                done += Int64(buffer.readableBytes)
                progress(TransferProgress(done: done, total: total))
            }
            try Task.checkCancellation()
            try handle.synchronize()
            try handle.close()
        }
        guard rename(partial, path) == 0 else {
            throw ServiceFault.unwritableFile(path: path, reason: Wording(verbatim: String(cString: strerror(errno))))
        }
    }

    /// The page of a network's login is not what the file holds.
    private static func refusePage(_ opened: Line.Opened) throws {
        if Line.isPage([], opened.headers) { throw ServiceFault.notThisProtocol(host: opened.host) }
    }

    func stored(_ json: JSON) throws -> StoredFile {
        guard let file = StoredFile(json) else {
            throw ServiceFault.badAnswer(host: line.host, detail: Wording("it tells of no file", "其中没有文件信息"))
        }
        return file
    }
}

extension StoredFile {
    init?(_ json: JSON) {
        guard let id = json["id"].text.flatMap(FileID.init(foreign:)) else { return nil }
        let detail = json["status_details"].filledText ?? "error"
        self.init(
            id: id, bytes: json["bytes"].integer.map(Int64.init) ?? 0,
            createdAt: json["created_at"].date ?? Date(timeIntervalSince1970: 0),
            filename: json["filename"].text ?? "", purpose: json["purpose"].text ?? "",
            fault: json["status"].text != "error"
                ? nil
                : Explanation(
                    Wording("The service cannot use the file: \(detail)", "服务无法使用该文件：\(detail)"),
                    next: Wording("Mend it, and upload it again.", "请修正后重新上传。")))
    }
}
