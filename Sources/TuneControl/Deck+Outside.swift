import Foundation
import TuneModel

/// Where the editor outside meets the rest.
extension Deck {
    static func editOutside(in state: inout State) -> [Effect] {
        guard let sheet = state.browse.current, case .record(let record)? = sheet.selected?.content else { return [] }
        let name = sheet.facts.path.split(separator: "/").last.map(String.init) ?? sheet.facts.path
        let notes = Outside.notes(row: sheet.row, file: name).map { $0[state.language] }
        state.outside.phase = .preparing(
            Outside.Session(
                path: sheet.facts.path, row: sheet.row, record: record,
                text: RecordSheet.text(of: record, notes: notes)))
        return [.findEditor]
    }

    static func absorb(_ action: Outside.Action, in state: inout State) -> [Effect] {
        switch Outside.update(&state.outside, action, language: state.language) {
        case .effects(let effects): return effects
        case .told(let why): return [.tell(why)]
        case .changed(let session, let record):
            // Saved by way of the editor dialog, which keeps the text when the file cannot be written.
            var editor = Editor.State(
                session.record, target: .replace(path: session.path, row: session.row), original: session.record)
            editor.put(record)
            let discard = session.file.map { [Effect.discardOutsideFile($0)] } ?? []
            guard editor.isChanged else { return discard }
            state.dialogs.append(.editor(editor))
            return discard + state.changeEditor { Editor.update(&$0, .saveAsked) }
        }
    }
}
