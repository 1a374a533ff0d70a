public import Foundation

/// A model that can be asked or trained from.
public struct ModelCard: Hashable, Sendable, Identifiable {
    public enum Kind: Hashable, Sendable {
        case base
        /// An adapter on a base model, or a whole model trained from one, made by a job. The job of a service's model may
        /// be unknown here.
        case fineTuned(base: String, job: JobID?)
    }

    /// What commands call it: `smollm2-135m`, `ft:smollm2-135m:personal:jargon:2026-11-22-14-03-20`; of a service,
    /// what that calls it, with the service's name and a slash in front where models of several services meet.
    public let name: String
    public let kind: Kind
    public let createdAt: Date
    /// Bytes on disk; nil of a model that is elsewhere.
    public let bytes: Int64?
    /// Where it is; nil is this machine.
    public var service: ServiceName?
    /// Who owns it, as the service tells it.
    public var owner: String?
    /// When the service will stop to offer it, as far as it says.
    public var shutdownDate: Date?

    public var id: String { name }

    public init(name: String, kind: Kind, createdAt: Date, bytes: Int64?) {
        self.name = name
        self.kind = kind
        self.createdAt = createdAt
        self.bytes = bytes
    }

    /// The name that a job's model gets: `ft:BASE:personal:SUFFIX:YYYY-MM-DD-HH-MM-SS` (UTC). What was trained from a
    /// fine-tuned model is called after that one's own base.
    public static func fineTunedName(base: String, suffix: String?, at date: Date) -> String {
        let utc = TimeZone(secondsFromGMT: 0)!
        let day = date.formatted(Date.ISO8601FormatStyle(timeZone: utc).year().month().day())
        let time = date.formatted(
            Date.ISO8601FormatStyle(timeSeparator: .omitted, timeZone: utc).time(includingFractionalSeconds: false))
        let clock = stride(from: 0, to: 6, by: 2).map { String(time.dropFirst($0).prefix(2)) }.joined(separator: "-")
        let parts = base.split(separator: ":")
        let root = parts.first == "ft" && parts.count > 1 ? String(parts[1]) : base
        return "ft:\(root):personal:\(slug(suffix ?? "")):\(day)-\(clock)"
    }

    /// `jargon_prepared` of `a/jargon_prepared.jsonl`.
    public static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// Lower case, with a hyphen for every run of anything but letters and digits.
    public static func slug(_ text: String) -> String {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    }
}
