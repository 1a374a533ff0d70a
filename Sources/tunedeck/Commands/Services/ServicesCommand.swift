import ArgumentParser
import Foundation
import TuneControl
import TuneModel
import TuneStore

struct ServicesCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "services", abstract: told("The services that jobs and questions can go to.", "任务和提问可以使用的服务。"),
            discussion: told(
                """
                Services stand in config.toml: [service.NAME] with base_url, and api_key_env, api_key_file or \
                api_key_command. `openai` is also there when the environment has OPENAI_API_KEY or OPENAI_BASE_URL.
                """,
                """
                服务写在 config.toml 中：[service.名称]、base_url，以及 api_key_env、api_key_file 或 api_key_command。\
                环境中有 OPENAI_API_KEY 或 OPENAI_BASE_URL 时，`openai` 也可用。
                """),
            subcommands: [ServicesList.self, ServicesUse.self, ServicesCheck.self], defaultSubcommand: ServicesList.self
        )
    }
}

struct ServicesList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: told("List the services; ★ is the current one.", "列出服务；★ 为当前服务。"))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        let current = try await desk.services.current()
        let cards = desk.services.cards
        for warning in desk.services.warnings { console.remark(Wording("⚠ ", "⚠ ") + warning) }
        if common.json {
            return console.print(.list(of: cards.map { $0.json(isCurrent: $0.name == current) }))
        }
        let here = told("this machine", "本机")
        console.table(
            [[current == nil ? "★" : " ", ServiceName.local, here, "", ""]]
                + cards.map { card in
                    [
                        card.name == current ? "★" : " ", card.name.text, card.address, card.keySource ?? "–",
                        card.fault.map { "⚠ " + $0.what[console.language] } ?? "",
                    ]
                })
    }
}

struct ServicesUse: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "use",
            abstract: told("Make a service the current one; `local` is this machine.", "设为当前服务；`local` 表示本机。"))
    }

    @Argument(help: help("The service's name, or `local`.", "服务名称，或 `local`。", name: "name"))
    var name: String
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let place = try desk.services.named(name)
        try await desk.services.use(place)
        if common.json {
            return common.console.print(.object([("object", "service.current"), ("name", .text(name))]))
        }
        common.console.say(
            Wording(
                "\(name) is current: commands without --service go there.", "当前服务为 \(name)：不带 --service 的命令将使用它。"))
    }
}

struct ServicesCheck: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check", abstract: told("Try a service, and tell what it speaks.", "试用一个服务，并说明它支持的协议。"))
    }

    @Argument(help: help("The service's name; the current one when left out.", "服务名称；省略时为当前服务。", name: "name"))
    var name: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        guard let place = try await desk.services.chosen(name) else {
            throw usage("Name a service: this machine needs no check.", "请指定服务：本机无需检查。")
        }
        for warning in desk.services.warnings { console.remark(Wording("⚠ ", "⚠ ") + warning) }
        let standing = try await interruptible { try await ServiceTrial(desk: desk).check(place) }
        let card = try desk.services.card(of: place)
        if common.json {
            return console.print(
                .object([
                    ("object", "service"), ("name", .text(place.text)), ("base_url", .text(card.address)),
                    ("protocol", .text(standing.dialect)), ("models", JSONOutput(standing.models)),
                    ("seconds", .number(standing.seconds)), ("can_pause", .bool(standing.canPause)),
                ]))
        }
        let seconds = String(format: "%.2f", standing.seconds)
        console.say(
            Wording(
                "\(place) answers in \(seconds) s: it speaks the \(standing.dialect) protocol and offers \(standing.models) models.",
                "\(place) 在 \(seconds) 秒内应答：使用 \(standing.dialect) 协议，提供 \(standing.models) 个模型。"))
    }
}

extension ServiceCard {
    func json(isCurrent: Bool) -> JSONOutput {
        .object([
            ("object", "service"), ("name", .text(name.text)), ("base_url", .text(address)),
            ("key", JSONOutput(keySource)), ("current", .bool(isCurrent)),
            ("fault", JSONOutput(fault?.what[Speech.language])),
        ])
    }
}
