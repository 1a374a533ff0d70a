import Testing
import TuneCanvas

struct ContrastTests {
    @Test func blackOnWhiteIsTheMostAndAColourOnItselfTheLeast() throws {
        let most = try #require(Contrast.ratio(.hex(0), .hex(0xFFFFFF)))
        #expect(abs(most - 21) < 0.01)
        #expect(Contrast.ratio(.hex(0x6CC7D9), .hex(0x6CC7D9)) == 1)
    }

    /// The figures that WCAG's own examples give.
    @Test func knownPairsHaveTheirKnownRatio() throws {
        let gray = try #require(Contrast.ratio(.hex(0x767676), .hex(0xFFFFFF)))
        #expect(abs(gray - 4.54) < 0.01)
        let red = try #require(Contrast.ratio(.hex(0xFF0000), .hex(0xFFFFFF)))
        #expect(abs(red - 4.0) < 0.01)
    }

    @Test func theTerminalsOwnColoursAreUnknown() {
        #expect(Contrast.ratio(.default, .hex(0)) == nil)
    }

    @Test(arguments: [ColorDepth.eight, .sixteen, .palette])
    func aColourThatWouldBeLostGivesWayToOneThatIsRead(depth: ColorDepth) throws {
        let ground = depth.nearest(to: .hex(0x101010))
        let found = depth.nearest(to: .hex(0x202020), on: [ground], ratio: 4.5)
        #expect(try #require(Contrast.ratio(found, ground)) >= 4.5)
    }

    @Test func aColourThatIsReadStaysTheNearest() {
        let wanted = Color.hex(0x6CC7D9)
        #expect(
            ColorDepth.palette.nearest(to: wanted, on: [.hex(0)], ratio: 4.5) == ColorDepth.palette.nearest(to: wanted))
        #expect(ColorDepth.trueColor.nearest(to: wanted, on: [wanted], ratio: 4.5) == wanted)
    }
}
