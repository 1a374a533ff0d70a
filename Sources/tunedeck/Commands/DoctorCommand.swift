import ArgumentParser
import TuneModel

struct DoctorCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor", abstract: told("Check this machine and the workspace.", "检查本机和工作区。"))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let findings = await Doctor().look()
        if common.json {
            console.print(.list(of: findings.map(\.json)))
        } else {
            for finding in findings {
                console.say(Wording(verbatim: finding.mark + "  ") + finding.name + Wording(": ", "：") + finding.what)
                if let next = finding.next { console.say(Wording(verbatim: "   → ") + next) }
            }
        }
        if findings.contains(where: { $0.state == .bad }) { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
