import ArgumentParser
import Foundation
import TuneModel

/// The program: the dashboard without a subcommand, one thing each with one.
@main
struct TuneDeck: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "tunedeck",
            abstract: told(
                "Fine-tune a small language model in the terminal: prepare data, train, follow, ask.",
                "在终端里微调小型语言模型：准备数据、训练、跟踪、提问。"),
            discussion: told(
                "Without a subcommand the dashboard opens, with the FILEs as its datasets.",
                "不带子命令时打开仪表板，并载入给出的数据文件。"),
            version: "0.1.0",
            subcommands: [
                OpenCommand.self, PrepareCommand.self, DataCommand.self, FilesCommand.self, JobsCommand.self,
                ModelsCommand.self, ServicesCommand.self, AskCommand.self, EvalCommand.self, ServeCommand.self,
                SampleCommand.self,
                WorkerCommand.self,
                BenchCommand.self, DoctorCommand.self, KeysCommand.self, PathsCommand.self,
                CompletionsCommand.self, ManualCommand.self,
            ],
            defaultSubcommand: OpenCommand.self)
    }

    static func main() async {
        // A reader that goes away, as in `tunedeck jobs list | head -1`, is an error of the write, not a death.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var patient = command as? any AsyncParsableCommand {
                try await patient.run()
            } else {
                try command.run()
            }
        } catch {
            Ending(of: error).leave()
        }
        Ending.leave(ExitStatus.done.rawValue)
    }
}
