import Foundation
import TuneModel
import TuneStore
import TuneTrainer

extension TokenMeasure {
    /// How a model of the workspace cuts records.
    static func live(_ model: ShelvedModel) throws -> TokenMeasure {
        let tokens = try RecordTokens(modelPath: model.weightsPath)
        return TokenMeasure(
            model: model.name, context: tokens.context,
            pieces: { record in
                var rest: [UInt8] = []
                let found = try tokens.tokens(of: record)
                return found.enumerated().map { place, token in
                    rest += tokens.bytes(of: token.id)
                    let isLast = place + 1 == found.count
                    let whole = isLast ? rest.count : wholeCharacters(of: rest)
                    let text = String(decoding: rest[..<whole], as: UTF8.self)
                    rest.removeFirst(whole)
                    return TokenPiece(id: Int(token.id), text: text, isTrained: token.isTrained)
                }
            },
            count: { try tokens.count($0) })
    }

    /// The base model that is trained from unless another is named; nil while it is not on this machine.
    static func standard(on desk: Desk) async throws -> TokenMeasure? {
        guard let model = try? await desk.shelf.find(ModelSource.all[0].name) else { return nil }
        return try live(model)
    }

    /// A named model, or the standard one where it is here. Looking at data makes no workspace.
    static func onThisMachine(named name: String?) async throws -> TokenMeasure? {
        if let name { return try live(try await Desk().shelf.find(name)) }
        let paths = try Paths(environment: ProcessInfo.processInfo.environment)
        guard FileManager.default.fileExists(atPath: paths.database) else { return nil }
        return try await standard(on: Desk())
    }

    /// Bytes before a character that has only begun.
    private static func wholeCharacters(of bytes: [UInt8]) -> Int {
        var place = bytes.count
        for length in 1...min(4, max(bytes.count, 1)) where length <= bytes.count {
            place = bytes.count - length
            let byte = bytes[place]
            guard byte & 0xc0 != 0x80 else { continue }
            let needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
            return needed > length ? place : bytes.count
        }
        return bytes.count
    }
}
