import Foundation
import TuneTestSupport

extension TestHome.Outcome {
    /// Standard output as a JSON object.
    func object() throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
        guard let object = value as? [String: Any] else { throw Unexpected(what: "no object: \(output)") }
        return object
    }

    /// Whether standard output is an object with at least these keys.
    func has(_ keys: [String]) throws -> Bool { try Set(object().keys).isSuperset(of: keys) }

    /// The entries of a list as the protocol wraps it.
    func list() throws -> [[String: Any]] {
        let object = try object()
        guard object["object"] as? String == "list", object["has_more"] is Bool,
            let data = object["data"] as? [[String: Any]]
        else { throw Unexpected(what: "no list: \(output)") }
        return data
    }

    /// The sentences on standard error, when there is nothing else on it: one line.
    var complaint: String? {
        let lines = errors.split(separator: "\n")
        return lines.count == 1 ? String(lines[0]) : nil
    }
}

extension TestHome {
    /// All jobs, newest first, as `jobs list --json` has them.
    func jobs() throws -> [[String: Any]] {
        try run("jobs", "list", "--json").list()
    }

    /// One job, as `jobs get --json` has it.
    func job(_ id: String) throws -> [String: Any] {
        let outcome = try run("jobs", "get", "-i", id, "--json")
        guard outcome.status == 0 else { throw Unexpected(what: outcome.errors) }
        return try outcome.object()
    }

    /// The tiny model under the name `tiny`.
    func addTinyModel() throws {
        let outcome = try run("models", "add", Self.tinyModel, "--name", "tiny")
        guard outcome.status == 0 else { throw Unexpected(what: outcome.errors) }
    }

    /// Looks at a job again and again until it satisfies a condition; each look is a reader's.
    func wait(
        for what: String, of id: String, seconds: Double = 120, until isReached: ([String: Any]) throws -> Bool
    ) async throws -> [String: Any] {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let job = try job(id)
            if try isReached(job) { return job }
            guard ContinuousClock.now < end else { throw Unexpected(what: "waited in vain for \(what): \(job)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
