import TuneModel

extension EffectRunner {
    func performOnModels(_ effect: Effect, _ post: Post) async throws {
        switch effect {
        case .loadModels:
            let cards = try await world.models.list()
            post(.models(.arrived(cards, bases: try await world.bases.list())))
        case .fetchBase(let name):
            for try await progress in world.bases.fetch(name) { post(.models(.fetched(name, progress))) }
            post(.models(.fetchEnded(name)))
        case .deleteModel(let name):
            try await world.models.delete(name)
            post(.models(.deleted(name)))
        case .loadHints(let model):
            post(.hintsArrived(model: model, try await world.hints(model)))
        case .answer(let request, let place):
            for try await part in world.models.answer(request) {
                switch place {
                case .ask(let side): post(.ask(.arrived(side: side, part)))
                case .compare(let column): post(.compare(.arrived(place: column, part)))
                }
            }
        default:
            preconditionFailure("not an effect on models: \(effect)")
        }
    }
}
