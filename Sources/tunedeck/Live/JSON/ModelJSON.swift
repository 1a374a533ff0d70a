import Foundation
import TuneModel
import TuneStore

extension ShelvedModel {
    /// The model as the protocol spells it, with what only this program knows behind it.
    var json: JSONOutput {
        var pairs: [(String, JSONOutput)] = [
            ("id", .text(name)), ("object", "model"), ("created", JSONOutput(card.createdAt)),
            ("owned_by", isBase ? "tunedeck" : "personal"), ("bytes", JSONOutput(card.bytes)),
            ("base", isBase ? .null : .text(base)),
        ]
        if case .fineTuned(_, let job?) = card.kind { pairs.append(("job", .text(job.text))) }
        pairs += [
            ("separator", JSONOutput(separator)), ("ending", JSONOutput(ending)), ("chat", .bool(isChat)),
            ("weights", .text(weightsPath)), ("adapter", JSONOutput(adapterFolder)),
        ]
        return .object(pairs)
    }
}

extension StoredFile {
    var json: JSONOutput {
        .object([
            ("id", .text(id.text)), ("object", "file"), ("bytes", JSONOutput(bytes)),
            ("created_at", JSONOutput(createdAt)), ("filename", .text(filename)), ("purpose", .text(purpose)),
        ])
    }
}

extension Evaluation {
    var json: JSONOutput {
        .object([
            ("loss", .number(loss)), ("token_accuracy", .number(tokenAccuracy)),
            ("sequence_accuracy", .number(sequenceAccuracy)), ("tokens", JSONOutput(tokens)),
            ("examples", JSONOutput(examples)),
        ])
    }
}
