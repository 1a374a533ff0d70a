import Foundation
import Synchronization
import TuneClient
import TuneModel
import TuneStore

/// The models of this machine, and those of services with the service's name and a slash in front.
final class PlacedModels: ModelService {
    private let desk: Desk
    private let known = Mutex<[ServiceName: (cards: [ModelCard], at: ContinuousClock.Instant)]>([:])

    /// What a service offers does not change from one look to the next.
    private static let freshness = Duration.seconds(120)
    /// A list does not wait longer for a service, which is in the next one.
    private static let patience = Duration.seconds(2)

    init(desk: Desk) { self.desk = desk }

    func list() async throws -> [ModelCard] {
        let here = try await desk.models.list()
        let names = desk.services.names
        let old = names.filter { name in
            known.withLock { $0[name].map { $0.at + Self.freshness < .now } ?? true }
        }
        if !old.isEmpty {
            let looking = Task { await self.look(at: old) }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await looking.value }
                group.addTask { try? await Task.sleep(for: Self.patience) }
                await group.next()
                group.cancelAll()
            }
        }
        return here + names.flatMap { name in known.withLock { $0[name]?.cards ?? [] } }
    }

    func model(_ name: String) async throws -> ModelCard {
        let address = address(of: name)
        guard let service = address.service else { return try await desk.models.model(name) }
        return try await desk.modelService(at: service).model(address.name).placed(at: service)
    }

    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        let address = address(of: request.model)
        guard let service = address.service else { return desk.models.answer(request) }
        var there = request
        there.model = address.name
        do {
            return try desk.modelService(at: service).answer(there)
        } catch {
            return AsyncThrowingStream { $0.finish(throwing: error) }
        }
    }

    func delete(_ name: String) async throws {
        let address = address(of: name)
        guard let service = address.service else { return try await desk.models.delete(name) }
        try await desk.modelService(at: service).delete(address.name)
        known.withLock { $0[service] = nil }
    }

    // MARK: - Private

    private func address(of name: String) -> ModelAddress { ModelAddress(name, services: desk.services.names) }

    /// Those that do not answer have none until the next look.
    private func look(at names: [ServiceName]) async {
        await withTaskGroup(of: (ServiceName, [ModelCard]?).self) { group in
            for name in names {
                group.addTask { [desk] in
                    (name, try? await desk.modelService(at: name).list().map { $0.placed(at: name) })
                }
            }
            for await (name, cards) in group {
                known.withLock { known in known[name] = (cards ?? known[name]?.cards ?? [], .now) }
            }
        }
    }
}

extension ModelCard {
    /// The card with its service's name in front.
    func placed(at service: ServiceName) -> ModelCard {
        let address = ModelAddress(name, services: [service])
        let full = address.service == nil ? ModelAddress(service: service, name: name) : address
        var card = ModelCard(name: full.description, kind: kind, createdAt: createdAt, bytes: bytes)
        card.service = service
        card.owner = owner
        card.shutdownDate = shutdownDate
        return card
    }
}
