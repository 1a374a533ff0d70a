import Foundation
import TuneModel

/// The manual page of one command, in the macros of mdoc(7), which both groff and mandoc set.
struct ManualPage: Equatable {
    /// `tunedeck-jobs-create.1`
    let fileName: String
    let text: String

    /// Of a program and all its commands, the program's own first.
    ///
    /// - Parameter help: the description that the argument parser makes of a program, as JSON.
    static func all(of help: String, version: String) throws -> [ManualPage] {
        let tool = try JSONDecoder().decode(CommandTree.self, from: Data(help.utf8))
        return pages(of: tool.command, path: [], version: version)
    }

    // MARK: - Private

    private static func pages(of command: CommandTree.Command, path: [String], version: String) -> [ManualPage] {
        let path = path + [command.commandName]
        let inner = command.shownCommands
        let page = ManualPage(
            fileName: path.joined(separator: "-") + ".1",
            text: lines(of: command, path: path, inner: inner, version: version).joined(separator: "\n") + "\n")
        return [page] + inner.flatMap { pages(of: $0, path: path, version: version) }
    }

    private static func lines(
        of command: CommandTree.Command, path: [String], inner: [CommandTree.Command], version: String
    ) -> [String] {
        let arguments = command.shownArguments
        var lines = [
            // Without a date a page is the same whenever it is made.
            ".Dd", ".Dt \(path.joined(separator: "-").uppercased()) 1", ".Os TuneDeck \(version)",
            ".Sh NAME", ".Nm \(path.joined(separator: "-"))", ".Nd \(plain(command.abstract ?? "").withoutFullStop)",
            ".Sh SYNOPSIS", ".Nm \(path.joined(separator: " "))",
        ]
        lines += arguments.flatMap(synopsis)
        if !inner.isEmpty { lines.append(".Ar \(told("command", "命令"))") }
        lines.append(".Sh DESCRIPTION")
        lines += paragraph(command.abstract)
        if let discussion = command.discussion { lines += [".Bd -unfilled"] + paragraph(discussion) + [".Ed"] }
        if !arguments.isEmpty {
            lines += [".Bl -tag -width indent"] + arguments.flatMap(item) + [".El"]
        }
        if !inner.isEmpty {
            lines += [".Sh COMMANDS", ".Bl -tag -width indent"]
            for command in inner { lines += [".It Ic \(command.commandName)"] + paragraph(command.abstract) }
            lines.append(".El")
        }
        if path.count == 1 { lines += exitStatus }
        let others =
            (path.count > 1 ? [path.dropLast().joined(separator: "-")] : [])
            + inner.map { (path + [$0.commandName]).joined(separator: "-") }
        if !others.isEmpty {
            lines.append(".Sh SEE ALSO")
            lines += others.enumerated().map { ".Xr \($1) 1\($0 == others.count - 1 ? "" : " ,")" }
        }
        return lines
    }

    private static func synopsis(_ argument: CommandTree.Argument) -> [String] {
        let value = argument.valueName ?? "value"
        let dots = argument.isRepeating ? " ..." : ""
        let words: String
        switch argument.kind {
        case .positional: words = "Ar \(value)\(dots)"
        case .flag: words = "Fl \(flag(argument))"
        case .option: words = "Fl \(flag(argument)) Ar \(value)\(dots)"
        }
        return [(argument.isOptional ? ".Op " : ".") + words]
    }

    private static func item(_ argument: CommandTree.Argument) -> [String] {
        let value = argument.valueName ?? "value"
        var head: String
        if argument.kind == .positional {
            head = ".It Ar \(value)"
        } else {
            let names = (argument.names ?? []).map { "Fl \(spelled($0))" }
            head = ".It " + names.joined(separator: " , ") + (argument.kind == .option ? " Ar \(value)" : "")
        }
        if argument.isRepeating { head += " ..." }
        var lines = [head] + paragraph(argument.abstract)
        if let values = argument.allValues {
            lines += paragraph(told("One of", "可选值：") + " " + values.joined(separator: ", ") + ".")
        }
        if let preset = argument.defaultValue, argument.kind == .option {
            lines += paragraph(told("Default:", "默认：") + " " + preset)
        }
        return lines
    }

    /// The codes that every command ends with.
    private static var exitStatus: [String] {
        let codes = [
            ("0", told("done", "完成")), ("1", told("failed", "失败")), ("2", told("a mistake in the call", "调用有误")),
            ("3", told("the network; worth another try", "网络问题，可以重试")), ("4", told("bad data", "数据有误")),
            ("130", told("interrupted", "被中断")),
        ]
        return [".Sh EXIT STATUS", ".Bl -tag -width indent"] + codes.flatMap { [".It \($0)", $1] } + [".El"]
    }

    private static func flag(_ argument: CommandTree.Argument) -> String {
        argument.preferredName.map(spelled) ?? ""
    }

    /// What stands behind the dash that the macro writes.
    private static func spelled(_ name: CommandTree.Name) -> String {
        switch name.kind {
        case .short, .longWithSingleDash: name.name
        case .long: "-" + name.name
        }
    }

    private static func paragraph(_ text: String?) -> [String] {
        (text ?? "").split(separator: "\n").map { plain(String($0)) }
    }

    /// A line that is no macro, with nothing in it that the setter takes for one.
    private static func plain(_ line: String) -> String {
        let safe = line.replacing("\\", with: "\\e").replacing("`", with: "\\(ga")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}

extension String {
    fileprivate var withoutFullStop: String {
        hasSuffix(".") || hasSuffix("。") ? String(dropLast()) : self
    }
}
