import HTTPTypes
import Hummingbird
import TuneModel

/// A form that was taken in: its one file lies in the workspace, unfinished, and its other fields are at hand.
struct ReceivedForm {
    var intake: (any FileIntake)?
    var filename: String?
    var values: [String: String] = [:]

    private static let longestValue = 4_096
    private static let mostValues = 64

    /// Takes in the form of a request; the bytes of the field `file` go to disk as they come.
    init(_ request: Request, file: String, into files: any FileService, limit: Int64) async throws {
        do {
            try await read(request, file: file, into: files, limit: limit)
        } catch let fault as MultipartFault {
            throw Self.refused(fault)
        }
    }

    private mutating func read(
        _ request: Request, file: String, into files: any FileService, limit: Int64
    ) async throws {
        var reader = try MultipartReader(contentType: request.headers[.contentType] ?? "")
        /// The field that is coming in: the file, a value, or something that nobody asked for.
        var current: (name: String, value: [UInt8])?
        for try await buffer in request.body {
            for event in try reader.take(buffer.readableBytesView) {
                switch event {
                case .field(let name, let filename):
                    current = (name, [])
                    guard name == file else { continue }
                    guard intake == nil else { throw MultipartFault.badHead }
                    intake = try await files.receive()
                    self.filename = filename
                case .bytes(let bytes):
                    if current?.name == file {
                        try append(bytes, limit: limit)
                    } else {
                        guard (current?.value.count ?? 0) + bytes.count <= Self.longestValue else {
                            throw MultipartFault.headTooLong
                        }
                        current?.value += bytes
                    }
                case .fieldEnd:
                    if let current, current.name != file {
                        guard values.count < Self.mostValues else { throw MultipartFault.headTooLong }
                        values[current.name] = String(decoding: current.value, as: UTF8.self)
                    }
                    current = nil
                }
            }
        }
        try reader.finish()
    }

    private func append(_ bytes: ArraySlice<UInt8>, limit: Int64) throws {
        guard let intake else { return }
        guard intake.bytes + Int64(bytes.count) <= limit else {
            throw APIError.refused(
                Wording(
                    "The file is larger than \(limit >> 20) MB, the most that is taken at once.",
                    "文件超过 \(limit >> 20) MB，这是一次能接收的最大值。"),
                param: "file", code: "file_too_large", status: .contentTooLarge)
        }
        try bytes.withUnsafeBytes { try intake.append($0) }
    }

    private static func refused(_ fault: MultipartFault) -> APIError {
        let why: Wording =
            switch fault {
            case .noBoundary:
                Wording(
                    "its Content-Type is not multipart/form-data with a boundary",
                    "Content-Type 不是带 boundary 的 multipart/form-data")
            case .cutShort: Wording("it ends too early", "提前结束")
            case .headTooLong: Wording("a field is longer than it may be", "某个字段过长")
            case .badHead: Wording("a field has no proper head", "某个字段没有正确的头部")
            }
        return .refused(
            Wording("The form cannot be read: \(why.english).", "无法读取表单：\(why.chinese)。"), code: "invalid_form")
    }
}
