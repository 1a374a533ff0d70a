import Hummingbird
import TuneModel

/// `/v1/models`.
struct ModelRoutes: Sendable {
    let house: House

    @Sendable
    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(.page(try await house.models.list().map(\.json)))
    }

    @Sendable
    func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(try await house.models.model(context.part("model")).json)
    }

    @Sendable
    func delete(_ request: Request, _ context: ServerContext) async throws -> Response {
        let name = context.part("model")
        let card = try await house.models.model(name)
        guard case .fineTuned = card.kind else {
            throw APIError(
                status: .forbidden, kind: .permission,
                message: Wording(
                    "\(card.name) is a base model; `tunedeck models delete` deletes it where it lies.",
                    "\(card.name) 是基础模型；请在本机用 `tunedeck models delete` 删除。"),
                param: "model", code: "base_model")
        }
        try await house.models.delete(card.name)
        return .json(.deleted(card.name, "model"))
    }
}

extension ModelCard {
    var json: JSON {
        let (owner, base): (String, JSON) =
            switch kind {
            case .base: ("tunedeck", .null)
            case .fineTuned(let base, _): ("personal", .text(base))
            }
        return .object([
            ("id", .text(name)), ("object", "model"), ("created", JSON(createdAt)), ("owned_by", .text(owner)),
            ("root", base.isNull ? .text(name) : base), ("parent", base),
        ])
    }
}

extension JSON {
    /// A list, or a page of one, as the protocol wraps it.
    static func page(_ items: [JSON], hasMore: Bool = false, with more: [(String, JSON)] = []) -> JSON {
        .object([("object", "list"), ("data", .list(items))] + more + [("has_more", .bool(hasMore))])
    }

    static func deleted(_ id: String, _ object: String) -> JSON {
        .object([("id", .text(id)), ("object", .text(object)), ("deleted", .bool(true))])
    }
}
