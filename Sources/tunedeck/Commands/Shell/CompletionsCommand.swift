import ArgumentParser
import TuneModel

struct CompletionsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "completions",
            abstract: told("Print what a shell completes tunedeck's commands by.", "输出供 shell 补全 tunedeck 命令的脚本。"),
            discussion: told(
                """
                bash: tunedeck completions bash > ~/.local/share/bash-completion/completions/tunedeck
                zsh:  tunedeck completions zsh > a folder of $fpath, as _tunedeck
                fish: tunedeck completions fish > ~/.config/fish/completions/tunedeck.fish
                """,
                """
                bash：tunedeck completions bash > ~/.local/share/bash-completion/completions/tunedeck
                zsh： 写入 $fpath 中的某个目录，文件名为 _tunedeck
                fish：tunedeck completions fish > ~/.config/fish/completions/tunedeck.fish
                """))
    }

    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish

        var script: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    @Argument(help: help("bash, zsh or fish.", "bash、zsh 或 fish。", name: "shell"))
    var shell: Shell

    func run() throws {
        Console(isJSON: false).write(TuneDeck.completionScript(for: shell.script) + "\n", to: .output)
    }
}
