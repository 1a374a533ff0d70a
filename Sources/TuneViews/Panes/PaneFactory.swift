import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// Makes the pane of a part from the slice of state that it shows.
struct PaneFactory {
    let state: Deck.State
    let look: Look
    let now: Date
    /// Columns of the screen.
    let width: Int
    /// Whether one answer of those compared has all the room.
    var isAlone = false

    func view(of part: Part) -> any PaneView {
        switch part {
        case .welcome: WelcomePane(isReady: state.isRecalled, opening: state.browse.opening, look: look)
        case .datasets: DatasetsPane(browse: state.browse, isFocused: state.pane == .datasets, look: look)
        case .findings:
            FindingsPane(sheet: state.browse.current, isFocused: state.pane == .findings, look: look)
        case .records:
            RecordsPane(
                sheet: state.browse.current, isFocused: state.pane == .records, isNarrow: width < DeckLayout.wide,
                look: look)
        case .record:
            RecordPane(
                sheet: state.browse.current, showsWhitespace: state.browse.showsWhitespace, detail: state.detail,
                look: look, pattern: state.browse.current?.search.pattern)
        case .questions:
            QuestionsPane(prepare: state.prepare, candidate: state.browse.current?.facts.name, look: look)
        case .changes: ChangesPane(prepare: state.prepare, look: look)
        case .jobs: JobsPane(jobs: state.jobs, look: look, now: now)
        case .chart: ChartPane(follow: state.follow, job: followed, look: look, now: now)
        case .measures: MeasuresPane(follow: state.follow, job: followed, look: look)
        case .samples: SamplesPane(samples: state.follow.samples, look: look)
        case .meaning: MeaningPane(lines: state.follow.meaning, look: look)
        case .events: EventsPane(events: state.follow.events, look: look, now: now)
        case .answer(let side): AnswerPane(ask: state.ask, side: side, look: look)
        case .prompt: PromptPane(ask: state.ask, isNarrow: width < DeckLayout.wide, look: look)
        case .column(let place): column(place)
        case .comparePrompt: ComparePromptPane(compare: state.compare, settings: state.ask.settings, look: look)
        case .expected: ExpectedPane(source: state.compare.source, look: look)
        case .odds: odds
        case .files: FilesPane(files: state.files, dataset: state.browse.current?.facts, look: look, now: now)
        case .origin: OriginPane(job: followed, look: look, now: now)
        case .models: ModelsPane(models: state.models, jobs: state.jobs.jobs, look: look, now: now)
        }
    }

    /// - Parameter place: of an answer that is compared.
    func column(_ place: Int) -> ColumnPane {
        ColumnPane(
            compare: state.compare, place: place, known: state.models.cards.count, isAlone: isAlone, look: look)
    }

    private var odds: any PaneView {
        let isCompared = state.tab == .compare
        let found = isCompared ? state.compare.odds : state.ask.odds
        guard let found, let side = isCompared ? state.compare.side(at: found.side) : state.ask.side(at: found.side),
            side.tokens.indices.contains(found.token)
        else { return ExpectedPane(source: nil, look: look) }
        return OddsPane(token: side.tokens[found.token], place: found.token, count: side.tokens.count, look: look)
    }

    private var followed: Job? { state.followed }
}
