import TuneModel

extension EffectRunner {
    func performOnServices(_ effect: Effect, _ post: Post) async throws {
        let services = world.services
        switch effect {
        case .loadServices: post(.services(.arrived(try await services.list())))
        case .chooseService(let name): try await services.choose(name)
        case .checkService(let name): post(.services(.checked(name, .good(try await services.check(name)))))
        case .addService(let service): post(.services(.added(try await services.add(service))))
        case .loadTrainable(let name):
            post(.launch(.offersArrived(name, try await services.trainable(name).map(\.nameThere))))
        case .loadFiles(let service): post(.files(.arrived(service, try await services.files(service))))
        case .findUploads(let service, let path):
            post(.uploadsFound(service, path: path, try await services.knownUploads(service, path)))
        case .uploadFile(let service, let path):
            for try await news in services.upload(service, path) {
                switch news {
                case .progressed(let progress): post(.files(.uploadProgressed(progress)))
                case .done(let file): post(.files(.uploaded(service, file)))
                }
            }
            post(.files(.uploadEnded))
        case .deleteFile(let service, let id):
            try await services.deleteFile(service, id)
            post(.files(.deleted(service, id)))
        case .saveFile(let service, let id, let path):
            try await services.saveFile(service, id, path)
            post(.notice(.done(Wording("Wrote \(path).", "已写入 \(path)。"), at: world.now())))
        case .reckonDeparture(let requests):
            // As for a job here: only the last of many is worth the work.
            try await world.sleep(.milliseconds(150))
            var departures: [Departure] = []
            for request in requests { departures.append(try await services.departure(request)) }
            post(.launch(.reckoned(requests, .done(departures))))
        case .createRemote(let requests, let choices):
            for try await news in services.create(requests, choices) {
                switch news {
                case .sending(let path, let progress): post(.services(.sent(path: path, progress)))
                case .created(let jobs): post(.remoteJobsCreated(jobs))
                }
            }
            post(.services(.sendingEnded))
        default:
            preconditionFailure("not an effect on services: \(effect)")
        }
    }
}
