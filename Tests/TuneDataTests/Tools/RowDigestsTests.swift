import Foundation
import Testing

@testable import TuneData

struct RowDigestsTests {
    private func digests(_ text: String) throws -> [UInt64] {
        let path = NSTemporaryDirectory() + "digests-\(UUID().uuidString).jsonl"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try RowDigests.all(of: path)
    }

    @Test func rowsAreToldApartByTheirContentAlone() throws {
        let a = #"{"prompt":"a","completion":"b"}"#
        let b = #"{"prompt":"c","completion":"d"}"#
        let first = try digests("\(a)\n\n\(b)\n\(a)")
        #expect(first.count == 3)
        #expect(first[0] == first[2] && first[0] != first[1])
        #expect(try digests("\(b)\r\n\(a)\n") == [first[1], first[0]])
    }
}
