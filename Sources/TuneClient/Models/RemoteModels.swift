import Foundation
import TuneModel

/// The models of a service.
struct RemoteModels: ModelService {
    let line: Line

    func list() async throws -> [ModelCard] {
        let answer = try await line.json(.get("models"))
        guard let items = answer["data"].list ?? answer.list else {
            throw ServiceFault.badAnswer(host: line.host, detail: Wording("it has no list", "其中没有列表"))
        }
        let cards = items.compactMap(card)
        return cards.filter(\.isBase) + cards.filter { !$0.isBase }.sorted { $0.createdAt > $1.createdAt }
    }

    func model(_ name: String) async throws -> ModelCard {
        guard let card = card(try await line.json(.get("models", name))) else {
            throw ServiceFault.badAnswer(host: line.host, detail: Wording("it tells of no model", "其中没有模型信息"))
        }
        return card
    }

    func delete(_ name: String) async throws {
        _ = try await line.json(.delete("models", name))
    }

    private func card(_ json: JSON) -> ModelCard? {
        guard let name = json["id"].text, !name.isEmpty else { return nil }
        let parent = json["parent"].filledText
        let kind: ModelCard.Kind =
            if let base = parent ?? Self.base(of: name) { .fineTuned(base: base, job: nil) } else { .base }
        var card = ModelCard(
            name: name, kind: kind, createdAt: json["created"].date ?? Date(timeIntervalSince1970: 0), bytes: nil)
        card.service = line.profile.name
        card.owner = json["owned_by"].filledText
        card.shutdownDate = json["shutdown_date"].date
        return card
    }

    /// `ft:BASE:…` now, `BASE:ft-…` in the past.
    private static func base(of name: String) -> String? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 2, parts[0] == "ft" { return String(parts[1]) }
        if parts.count > 1, parts[1].hasPrefix("ft-") { return String(parts[0]) }
        return nil
    }
}

extension ModelCard {
    fileprivate var isBase: Bool { kind == .base }
}
