import Foundation
import Synchronization
import Testing
import TuneModel

@testable import TuneClient

@Suite struct FollowingTests {
    @Test func aServiceThatGoesAwayAndComesBackIsNoFailure() async throws {
        let service = FakeService()
        let id = service.addJob(events: 12)
        let stage = try Stage { asked, count in
            if (6..<15).contains(count) { return .init(fault: .resetAtOnce) }
            return service.answer(asked)
        }
        var told: [String] = []
        var contact: [String] = []
        for try await news in stage.client.jobs.follow(id, known: RemoteEventMarks()) {
            switch news {
            case .events(let events): told += events.map(\.message)
            case .job(let job): #expect(job.status != .failed)
            case .away(let why, let wait):
                #expect(wait > 0 && !why.what.english.isEmpty)
                contact.append("away")
            case .back: contact.append("back")
            }
        }
        #expect(told == service.eventMessages(of: id))
        #expect(contact.first == "away" && contact.last == "back" && contact.count { $0 == "back" } == 1)
        await stage.close()
    }

    @Test func whatNoWaitingHelpsIsThrown() async throws {
        for (status, isRight) in [
            (401, { (fault: ServiceFault) in if case .refusedKey = fault { true } else { false } }),
            (404, { (fault: ServiceFault) in if case .notFound = fault { true } else { false } }),
        ] {
            let stage = try Stage { _, _ in .error(status) }
            let told = await fault {
                for try await _ in stage.client.jobs.follow("x", known: RemoteEventMarks()) {}
            }
            #expect(told.map(isRight) == true)
            await stage.close()
        }
    }

    @Test func knownEventsAreNotReadAgain() async throws {
        let stage = try Stage { asked, _ in
            guard asked.path.hasSuffix("events") else {
                return .json(#"{"id":"x","status":"succeeded","finished_at":5}"#)
            }
            return .json(#"{"data":[{"id":"e3"},{"id":"e2"},{"id":"e1"}],"has_more":true}"#)
        }
        var told: [String] = []
        for try await news in stage.client.jobs.follow("x", known: RemoteEventMarks(ids: ["e1", "e2"])) {
            if case .events(let events) = news { told += events.map(\.id) }
        }
        #expect(told == ["e3"])
        #expect(stage.asked.count { $0.path.hasSuffix("events") } == 1)
        await stage.close()
    }

    @Test func aServiceOfTheOlderFormWithoutStreamsIsAskedAgain() async throws {
        let stage = try Stage(.init { $0.dialect = .legacy }) { asked, count in
            guard asked.path.hasSuffix("events") else {
                return .json(#"{"id":"x","status":"\#(count > 8 ? "succeeded" : "running")"}"#)
            }
            let events = (0..<min(5, (count + 1) / 2)).map { #"{"created_at":\#($0),"message":"m\#($0)"}"# }
            return .json(#"{"data":["# + events.joined(separator: ",") + "]}")
        }
        var told: [String] = []
        for try await news in stage.client.jobs.follow("x", known: RemoteEventMarks()) {
            if case .events(let events) = news { told += events.map(\.message) }
        }
        #expect(told == (0..<5).map { "m\($0)" })
        await stage.close()
    }
}
