import TuneData
import TuneModel

/// Carries out effects, away from the screen.
public struct EffectRunner: Sendable {
    let world: World
    let inbox: Inbox

    public init(world: World, inbox: Inbox) {
        self.world = world
        self.inbox = inbox
    }

    /// Carries out one effect off the main actor, reporting through the inbox, the end included.
    @concurrent
    func run(_ effect: Effect, ticket: Int) async {
        let post = Post(inbox: inbox, ticket: ticket)
        do {
            try await perform(effect, post)
        } catch is CancellationError {
        } catch {
            if !Task.isCancelled { fail(effect, error, post) }
        }
        inbox.post(.ended(ticket: ticket))
    }

    /// The way from one effect to the state.
    struct Post: Sendable {
        let inbox: Inbox
        let ticket: Int

        func callAsFunction(_ action: Action) {
            inbox.post(.report(action, ticket: ticket))
        }
    }

    private func perform(_ effect: Effect, _ post: Post) async throws {
        switch effect {
        case .recall(let files):
            // What was remembered is a comfort; that it cannot be read must not keep anyone from starting.
            let remembered = try? await world.memory.load()
            post(.recalled(remembered, files: files.map(FileNames.absolute)))
        case .remember(let remembered):
            try await world.memory.save(remembered)
        case .keep(let preferences):
            try await world.preferences.save(preferences)
        case .listThemes:
            post(.looks(.listed(await world.themes.names())))
        case .watchTheme(let name):
            try await watchTheme(name, post)
        case .findEditor, .editOutside, .discardOutsideFile:
            try await performOutside(effect, post)
        case .tell(let why):
            tell(why, post)
        case .say(let what):
            post(.notice(.done(what, at: world.now())))
        case .openSample, .openDatasets, .completePath, .loadRows, .loadPicked, .loadLosses, .loadTokens, .inspect,
            .loadStatistics,
            .query, .findRow, .closeDataset, .analyse, .writePrepared, .reckonCost:
            try await performOnFiles(effect, post)
        case .edit, .undoEdit, .redoEdit, .previewChange, .saveDataset, .reloadDataset, .appendRecord:
            try await performEdit(effect, post)
        case .loadServices, .chooseService, .checkService, .addService, .loadTrainable, .loadFiles, .findUploads,
            .uploadFile, .deleteFile, .saveFile, .reckonDeparture, .createRemote:
            try await performOnServices(effect, post)
        case .announce(let what): post(.notice(.done(what, at: world.now())))
        case .estimate, .createJob, .createJobs, .watchJobs, .loadCurves, .follow, .cancelJob, .pauseJob, .resumeJob,
            .keepJob, .moveJob, .deleteJob, .cancelJobs, .deleteJobs, .loadResults, .compareJobs, .loadCourses,
            .exportChart:
            try await performOnJobs(effect, post)
        case .loadModels, .fetchBase, .deleteModel, .loadHints, .answer:
            try await performOnModels(effect, post)
        case .keepAnswer, .loadAnswers, .deleteAnswer, .drawOrder, .vote, .unvote, .loadVotes, .loadRecord:
            try await performOnAnswers(effect, post)
        case .loadEvaluations, .loadEvaluation, .evaluate, .cancelEvaluation, .estimateEvaluation, .deleteEvaluation,
            .exportEvaluation, .findEvaluated:
            try await performOnEvaluations(effect, post)
        case .stop:
            break
        }
    }

    /// A failure is told to the person, and to the feature that waits for the effect.
    private func fail(_ effect: Effect, _ error: any Error, _ post: Post) {
        let why = Explanation(of: error)
        switch effect {
        case .inspect(let path): return post(.browse(.inspected(path: path, .failed(why))))
        case .analyse(let path): return post(.prepare(.failed(path: path, why)))
        case .writePrepared(let preparation): return post(.prepare(.failed(path: preparation.dataset.path, why)))
        case .estimate(let request): return post(.launch(.estimated(request, .failed(why))))
        case .answer(_, .ask(let side)): return post(.ask(.failed(side: side, why)))
        case .answer(_, .compare(let place)): return post(.compare(.failed(place: place, why)))
        case .estimateEvaluation(let request):
            return post(.evaluationForm(.estimated(request, .failed(why))))
        case .evaluate: post(.evaluations(.ended(nil, nil)))
        case .loadEvaluation: post(.evaluations(.loadFailed))
        // Nothing known about a model only means that nothing is filled in.
        case .loadHints(let model): return post(.hintsArrived(model: model, nil))
        case .loadAnswers: post(.history(.failed))
        // Told where the tokens would stand, since they may not have been asked for.
        case .loadTokens(let record): return post(.detail(.failed(record, why)))
        case .loadLosses(let path): post(.browse(.lossesArrived(path: path, nil)))
        case .query(let path, _, _): post(.browse(.view(.failed(path: path))))
        case .findRow(let path, _, _, _, _): post(.browse(.search(.failed(path: path))))
        case .previewChange: return post(.bulk(.failed(why)))
        case .loadStatistics(let path): return post(.statistics(.failed(path: path, why)))
        case .edit(let path, _), .undoEdit(let path), .redoEdit(let path), .reloadDataset(let path, _):
            post(.editor(.saveFailed))
            post(.browse(.edit(.failed(path: path))))
        case .saveDataset(let path, _):
            post(.browse(.edit(.failed(path: path))))
            switch error as? DataError {
            case .savedByOthers?, .changedMeanwhile?, .originalGone?, .editsStranded?:
                return post(.conflicted(path: path))
            default: break
            }
        case .appendRecord: post(.editor(.saveFailed))
        case .findEditor, .editOutside: return post(.outside(.failed(why)))
        case .createJob, .createJobs: post(.launch(.startFailed))
        case .reckonDeparture(let requests): return post(.launch(.reckoned(requests, .failed(why))))
        case .createRemote:
            post(.services(.sendingEnded))
            post(.launch(.startFailed))
        // Told in the row of the service.
        case .checkService(let name): return post(.services(.checked(name, .failed(why))))
        case .addService: post(.connect(.failed))
        // A name can be typed as well.
        case .loadTrainable(let name): post(.launch(.offersArrived(name, [])))
        case .loadFiles(let service): return post(.files(.failed(service, why)))
        case .uploadFile: post(.files(.uploadEnded))
        case .fetchBase(let name): post(.models(.fetchEnded(name)))
        default: break
        }
        tell(why, post)
    }

    /// Ends at once where no file is to be watched.
    private func watchTheme(_ name: String, _ post: Post) async throws {
        var shown: [ThemeText]?
        while true {
            let texts = await world.themes.load(name)
            // A file that is just being written may be gone or empty for a moment.
            if texts != shown, shown == nil || texts.first?.text.isEmpty == false {
                post(.looks(.arrived(name, texts)))
            }
            if texts.isEmpty, shown == nil { return }
            shown = texts.isEmpty ? shown : texts
            try await world.sleep(.milliseconds(500))
        }
    }

    func tell(_ why: Explanation, _ post: Post) {
        post(.notice(.failed(why, at: world.now())))
    }
}
