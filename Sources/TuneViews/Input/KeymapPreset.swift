import TuneCanvas
import TuneControl

/// Keys to begin with.
public enum KeymapPreset: String, CaseIterable, Sendable {
    /// Arrows and vi's letters side by side.
    case `default`
    /// Those, with emacs' keys in addition, which come first where both want the same.
    case emacs

    var bindings: [Binding] {
        switch self {
        case .default: return DefaultBindings.all
        case .emacs:
            var bindings = DefaultBindings.all
            for binding in EmacsBindings.all { bindings.prefer(binding) }
            return bindings
        }
    }
}

extension [Binding] {
    /// Puts keys before those that an action has, and takes them from the actions that had them in the same scope.
    fileprivate mutating func prefer(_ wanted: Binding) {
        for index in indices where self[index].scope == wanted.scope && self[index].command != wanted.command {
            self[index].sequences.removeAll { keys in
                wanted.sequences.contains { $0.starts(with: keys) || keys.starts(with: $0) }
            }
        }
        guard let place = firstIndex(where: { $0.scope == wanted.scope && $0.command == wanted.command }) else {
            return append(wanted)
        }
        let rest = self[place].sequences.filter { !wanted.sequences.contains($0) }
        self[place].sequences = wanted.sequences + rest
    }
}

/// What emacs' fingers look for. In text fields these keys work with every preset, see `TextKeys`.
enum EmacsBindings {
    static let all: [Binding] = [
        Binding("<c-n>", in: .lists, .down),
        Binding("<c-p>", in: .lists, .up),
        Binding("<c-v>", in: .lists, .pageDown),
        Binding("<a-v>", in: .lists, .pageUp),
        Binding("<a-lt>", in: .lists, .first),
        Binding("<a-gt>", in: .lists, .last),

        Binding("<a-x>", in: .everywhere, .palette),
        Binding("<c-g>", in: .everywhere, .back),
        Binding("<c-h>b <c-h>m", in: .everywhere, .help),
        Binding("<c-h>e", in: .everywhere, .log),
        Binding("<c-x><c-c>", in: .everywhere, .quit),
        Binding("<c-x><c-f>", in: .everywhere, .openFile),
        Binding("<c-x>o", in: .everywhere, .focusNext),
        Binding("<c-x>1", in: .everywhere, .showData),
        Binding("<c-x>2", in: .everywhere, .showPrepare),
        Binding("<c-x>3", in: .everywhere, .showJobs),
        Binding("<c-x>4", in: .everywhere, .showAsk),
        Binding("<c-x>5", in: .everywhere, .showCompare),
        Binding("<c-x>6", in: .everywhere, .showModels),

        Binding("<c-s>", in: .records, .search),
        Binding("<a-w>", in: .records, .copyRecord),
        Binding("<c-_> <c-/>", in: .records, .undoEdit),
        Binding("<a-g>", in: .records, .jump),
        Binding("<c-space>", in: .records, .mark),
        Binding("<c-x>s", in: .everywhere, .saveDataset),
        Binding("<c-x>k", in: .everywhere, .closeDataset),
        Binding("<c-x>h", in: .everywhere, .markAll),
    ]
}
