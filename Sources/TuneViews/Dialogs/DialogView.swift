import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// One dialog over the screen.
struct DialogView {
    let dialog: Dialog
    let state: Deck.State
    let keys: KeyTable
    let look: Look
    let now: Date

    /// Draws it into the middle of `area` and gives back where its caret is.
    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        switch dialog {
        case .opener(let opener): OpenerCard(opener: opener, look: look).draw(in: area, on: &surface)
        case .editor(let editor): EditorCard(editor: editor, look: look).draw(in: area, on: &surface)
        case .launch(let launch):
            LaunchCard(launch: launch, fetch: state.models.fetch, look: look, sending: state.services.sending, now: now)
                .draw(in: area, on: &surface)
        case .services: ServicesCard(services: state.services, look: look).draw(in: area, on: &surface)
        case .connect(let form): ConnectCard(form: form, look: look).draw(in: area, on: &surface)
        case .palette(let palette):
            PaletteCard(palette: palette, keys: keys, scopes: scopesBelow, look: look).draw(in: area, on: &surface)
        case .confirm(let confirm): ConfirmCard(confirm: confirm, look: look).draw(in: area, on: &surface)
        case .results(let results): ResultsCard(results: results, look: look).draw(in: area, on: &surface)
        case .picker(let picker):
            PickerCard(picker: picker, models: state.models, look: look).draw(in: area, on: &surface)
        case .parameters(let sheet): ParametersCard(sheet: sheet, look: look).draw(in: area, on: &surface)
        case .history(let history): HistoryCard(history: history, look: look, now: now).draw(in: area, on: &surface)
        case .tally(let list):
            TallyCard(tally: VoteTally(state.compare.votes), list: list, look: look).draw(in: area, on: &surface)
        case .comparison(let table): ComparisonCard(table: table, look: look).draw(in: area, on: &surface)
        case .themes(let picker): ThemesCard(picker: picker, look: look).draw(in: area, on: &surface)
        case .choice(let choice): ChoiceCard(choice: choice, look: look).draw(in: area, on: &surface)
        case .line(let prompt): LineCard(prompt: prompt, look: look).draw(in: area, on: &surface)
        case .bulk(let bulk): BulkCard(bulk: bulk, look: look).draw(in: area, on: &surface)
        case .statistics(let statistics):
            StatisticsCard(statistics: statistics, look: look).draw(in: area, on: &surface)
        case .evaluations:
            EvaluationsCard(evaluations: state.evaluations, look: look, now: now).draw(in: area, on: &surface)
        case .evaluation:
            state.evaluations.opened.flatMap { EvaluationPage(opened: $0, look: look).draw(in: area, on: &surface) }
        case .charts: ChartsPage(state: state, look: look).draw(in: area, on: &surface)
        case .evaluationForm(let form): EvaluationFormCard(form: form, look: look).draw(in: area, on: &surface)
        case .help(let top): HelpCard(state: state, keys: keys, top: top, look: look).draw(in: area, on: &surface)
        case .log(let list):
            LogCard(log: state.notices.log, list: list, look: look, now: now).draw(in: area, on: &surface)
        }
    }

    private var scopesBelow: [Scope] {
        var below = state
        below.dialogs = []
        return below.scopes
    }
}

/// A dialog that draws itself and knows where its caret is.
protocol DialogCard {
    func draw(in area: Rect, on surface: inout Surface) -> Point?
}

extension DialogCard {
    /// A border in the middle of the screen, with a title; gives back the inside, a column free on either side.
    func card(
        _ title: String, trailing: String = "", width: Int, height: Int, in area: Rect, look: Look,
        on surface: inout Surface
    ) -> Rect {
        let frame = area.centered(Size(width: width, height: height))
        return surface.box(
            frame, title: title, trailing: trailing, style: look[.borderFocused], titleStyle: look[.titleFocused],
            fill: look[.background]
        ).inset(left: 1, right: 1)
    }
}
