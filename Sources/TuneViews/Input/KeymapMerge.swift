import TuneCanvas
import TuneControl

/// Bindings that lines of a keymap file are taken into, one after the other.
struct KeymapMerge {
    private(set) var bindings: [Binding]
    /// The lines that have given keys, by what they gave.
    private var lines: [Place: Int] = [:]

    private struct Place: Hashable {
        let scope: Scope
        let command: Command
    }

    init(_ bindings: [Binding]) {
        self.bindings = bindings
    }

    /// Gives an action its keys. What cannot be is left out and told.
    mutating func take(_ entry: KeymapFile.Entry, of file: KeymapFile) -> [KeymapProblem] {
        let scope: Scope?
        let command: Command
        switch Self.read(entry.name) {
        case .success(let read): (scope, command) = read
        case .failure(let fault): return [KeymapProblem(file, entry.line, fault.fault)]
        }
        var problems: [KeymapProblem] = []
        var sequences: [[Key]] = []
        for text in entry.keys {
            // In a list, spaces are left to the eye; the key itself is written <space>.
            if let keys = try? KeyNotation.keys(in: text.filter { $0 != " " }), !keys.isEmpty {
                sequences.append(keys)
            } else {
                problems.append(KeymapProblem(file, entry.line, .unreadableKey(text)))
            }
        }
        // A line without one good key would take away the keys that there are.
        if sequences.isEmpty, !entry.keys.isEmpty { return problems }
        let scopes = scope.map { [$0] } ?? scopesOf(command)
        for scope in scopes {
            problems += give(sequences, to: command, in: scope, line: entry.line).map {
                KeymapProblem(file, entry.line, $0)
            }
        }
        return problems
    }

    // MARK: -

    private struct Fault: Error {
        let fault: KeymapProblem.Fault
    }

    private static func read(_ name: String) -> Result<(Scope?, Command), Fault> {
        if let command = Command(rawValue: name) { return .success((nil, command)) }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[1].contains(".") else {
            return .failure(Fault(fault: .unknownAction(name)))
        }
        guard let scope = Scope(rawValue: parts[0]) else { return .failure(Fault(fault: .unknownScope(parts[0]))) }
        guard let command = Command(rawValue: parts[1]) else {
            return .failure(Fault(fault: .unknownAction(parts[1])))
        }
        return .success((scope, command))
    }

    private func scopesOf(_ command: Command) -> [Scope] {
        let scopes = Scope.allCases.filter { scope in
            bindings.contains { $0.scope == scope && $0.command == command }
        }
        return scopes.isEmpty ? [.everywhere] : scopes
    }

    private mutating func give(
        _ sequences: [[Key]], to command: Command, in scope: Scope, line: Int
    ) -> [KeymapProblem.Fault] {
        var faults: [KeymapProblem.Fault] = []
        var given: [[Key]] = []
        for keys in sequences {
            let text = keys.map(KeyNotation.text(for:)).joined()
            var isFree = true
            for index in bindings.indices where bindings[index].scope == scope && bindings[index].command != command {
                let other = bindings[index]
                guard
                    let clash = other.sequences.first(where: { $0.starts(with: keys) || keys.starts(with: $0) })
                else { continue }
                let mine = lines[Place(scope: scope, command: other.command)]
                if let mine {
                    // What the file itself has said before counts.
                    isFree = false
                    let otherText = clash.map(KeyNotation.text(for:)).joined()
                    faults.append(
                        clash == keys
                            ? .taken(key: text, by: other.command, scope: scope, line: mine)
                            : .begins(key: text, other: otherText, other.command, scope: scope))
                } else {
                    bindings[index].sequences.removeAll { $0.starts(with: keys) || keys.starts(with: $0) }
                    if bindings[index].sequences.isEmpty {
                        faults.append(.leaves(other.command, scope: scope, key: text))
                    }
                }
            }
            if isFree { given.append(keys) }
        }
        if given.isEmpty, !sequences.isEmpty { return faults }
        lines[Place(scope: scope, command: command)] = line
        let isInFooter = bindings.contains { $0.scope == scope && $0.command == command && $0.isInFooter }
        let place = bindings.firstIndex { $0.scope == scope && $0.command == command }
        bindings.removeAll { $0.scope == scope && $0.command == command }
        bindings.insert(
            Binding(given, in: scope, command, footer: isInFooter), at: min(place ?? bindings.count, bindings.count))
        return faults
    }
}
