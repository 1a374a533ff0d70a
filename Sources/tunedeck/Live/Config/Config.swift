import Foundation
import TOMLKit
import TuneModel
import TuneStore

/// What `config.toml` says.
struct Config: Equatable {
    /// `[aliases]`: other names for models.
    var aliases: [String: String] = [:]
    /// `theme`: the name of the dashboard's theme.
    var theme: String?
    /// `[prices]`: dollars for a million trained tokens, by the name of a remote model. Those of the file come in addition;
    /// a price of 0 takes one out.
    var prices = Config.listedPrices
    /// `[price.NAME."MODEL"]`: what models of one service cost.
    var servicePrices: [ServiceName: [String: Price]] = [:]
    /// `[service.NAME]`, by name.
    var services: [ServiceSettings] = []
    /// `default_service`: the one that is current until a person chooses another.
    var defaultService: ServiceName?
    /// `confirm_above`: dollars that may be spent without a question; nil never asks.
    var confirmAbove: Double?

    /// As they were listed in 2025.
    static let listedPrices: [String: Double] = [
        "babbage-002": 0.4, "davinci-002": 6, "gpt-4.1-nano": 1.5, "gpt-4.1-mini": 5, "gpt-4.1": 25,
    ]

    init() {}

    /// Reads the file; one that is not there says nothing.
    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigError.unreadable(path: path)
        }
        do {
            try read(ConfigTable(path: path, text: text))
        } catch let error as TOMLParseError {
            throw ConfigError.notTOML(
                path: path, line: error.source.begin.line, problem: error.debugDescription.firstLine)
        }
    }

    /// What a model of a service costs: by the table of that service, else by the one for training anywhere.
    func price(of model: String, on service: ServiceName) -> Price? {
        if let price = servicePrices[service]?[model] { return price }
        return prices[model].map { Price(training: $0) }
    }

    // MARK: - Private

    private mutating func read(_ file: ConfigTable) throws {
        try file.check(keys: ["aliases", "theme", "prices", "price", "service", "default_service", "confirm_above"])
        theme = try file.text("theme")
        confirmAbove = try file.dollars("confirm_above")
        if let name = try file.text("default_service"), name != ServiceName.local {
            guard let service = ServiceName(name) else {
                throw ConfigError.notAServiceName(file.place(of: "default_service"), name)
            }
            defaultService = service
        }
        try readPrices(file)
        if let table = try file.table("aliases") {
            for name in table.keys { aliases[name] = try table.text(name) }
        }
        if let table = try file.table("service") {
            for name in table.keys {
                guard let service = ServiceName(name) else {
                    throw ConfigError.notAServiceName(table.place(of: name), name)
                }
                if let settings = try table.table(name) { services.append(try ServiceSettings(service, settings)) }
            }
        }
    }

    private mutating func readPrices(_ file: ConfigTable) throws {
        if let table = try file.table("prices") {
            for name in table.keys {
                let price = try table.dollars(name)
                prices[name] = price == 0 ? nil : price
            }
        }
        guard let table = try file.table("price") else { return }
        for name in table.keys {
            guard let service = ServiceName(name) else {
                throw ConfigError.notAServiceName(table.place(of: name), name)
            }
            guard let models = try table.table(name) else { continue }
            for model in models.keys {
                guard let price = try models.table(model) else { continue }
                try price.check(keys: ["training", "input", "output"])
                servicePrices[service, default: [:]][model] = Price(
                    training: try price.dollars("training"), input: try price.dollars("input"),
                    output: try price.dollars("output"))
            }
        }
    }
}

extension String {
    fileprivate var firstLine: String { split(separator: "\n").first.map(String.init) ?? self }
}
