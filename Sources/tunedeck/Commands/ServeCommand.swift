import ArgumentParser
import Foundation
import TuneModel
import TuneServer
import TuneStore

struct ServeCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve",
            abstract: told(
                "Serve the workspace's models, files and jobs to OpenAI clients.", "以 OpenAI 协议提供工作区的模型、文件和任务。"))
    }

    @Option(help: help("The address to listen at.", "监听的地址。", name: "address"))
    var host = "127.0.0.1"
    @Option(help: help("The port to listen at; 0 takes a free one.", "监听的端口；0 表示任选空闲端口。", name: "n"))
    var port = ServerOptions.defaultPort
    @Option(
        help: help(
            "What clients have to show; TUNEDECK_API_KEY is not seen by other users.",
            "客户端必须出示的密钥；用 TUNEDECK_API_KEY 设置则其他用户看不到。", name: "key"))
    var apiKey: String?
    @Option(
        help: help("Another name that requests may be addressed to; may be repeated.", "请求可使用的其他主机名；可重复。", name: "name")
    )
    var allowHost: [String] = []
    @Option(help: help("A web page that may use the server; may be repeated.", "允许使用服务器的网页；可重复。", name: "origin"))
    var allowOrigin: [String] = []
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !(0...65535).contains(port) { throw usage("--port goes from 0 to 65535.", "--port 的范围是 0 到 65535。") }
    }

    func run() async throws {
        let desk = try Desk()
        // A file of the folder that it was started in is none that clients may name.
        _ = chdir("/")
        let console = common.console
        let server = try ModelServer(
            jobs: desk.jobs, files: desk.files, models: desk.models, options: options(desk),
            log: { console.write($0 + "\n", to: .errors) })
        try await ServerLife.run(server) { [host] port in tell(host, port, console) }
    }

    // MARK: - Private

    private func options(_ desk: Desk) -> ServerOptions {
        let environment = ProcessInfo.processInfo.environment
        let key = (apiKey ?? environment["TUNEDECK_API_KEY"]).flatMap { $0.isEmpty ? nil : $0 }
        var options = ServerOptions(host: host, port: port, key: key, language: Speech.language)
        options.allowedHosts = Set(allowHost.map { $0.lowercased() })
        options.allowedOrigins = Set(allowOrigin)
        let paths = desk.paths
        options.hiddenFolders = [paths.data, paths.config, paths.state, paths.cache, environment["HOME"] ?? ""]
        return options
    }

    private func tell(_ host: String, _ port: Int, _ console: Console) {
        let base = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/v1"
        if console.isJSON {
            return console.print(
                .object([("object", "server"), ("base_url", .text(base)), ("port", JSONOutput(port))]), isPretty: false)
        }
        console.say(Wording("Serving at \(base); Ctrl-C ends it.", "服务地址：\(base)；按 Ctrl-C 结束。"))
    }
}
