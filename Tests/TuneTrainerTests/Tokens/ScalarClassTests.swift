import Testing

@testable import TuneTrainer

struct ScalarClassTests {
    /// A stretch of characters of one class, up to the next stretch.
    private struct Stretch: Decodable {
        let first: UInt32
        let name: String

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            first = try values.decode(UInt32.self)
            name = try values.decode(String.self)
        }
    }

    @Test func everyCharacterHasTheClassThatTheReferenceGivesIt() throws {
        let stretches = try Fixture.json("scalars.json", as: [Stretch].self)
        let ends = stretches.dropFirst().map(\.first) + [0x110000]
        var differing: [UInt32] = []
        for (stretch, end) in zip(stretches, ends) {
            for number in stretch.first..<end {
                guard let scalar = Unicode.Scalar(number) else { continue }
                if "\(ScalarClass(scalar))" != stretch.name { differing.append(number) }
            }
        }
        #expect(differing == [])
    }
}
