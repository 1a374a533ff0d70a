import Testing
import TuneCanvas

@Suite struct ColorDepthTests {
    @Test func trueColorKeepsEverything() {
        #expect(ColorDepth.trueColor.nearest(to: .hex(0x123456)) == .rgb(0x12, 0x34, 0x56))
    }

    @Test func thePaletteHasTheNearestOfItsCubeAndGrays() {
        #expect(ColorDepth.palette.nearest(to: .rgb(255, 0, 0)) == .indexed(196))
        #expect(ColorDepth.palette.nearest(to: .rgb(128, 128, 128)) == .indexed(244))
        #expect(ColorDepth.palette.nearest(to: .indexed(3)) == .indexed(3))
    }

    @Test func fewColorsKeepTheHue() {
        #expect(ColorDepth.sixteen.nearest(to: .rgb(255, 0, 0)) == .indexed(9))
        #expect(ColorDepth.eight.nearest(to: .rgb(255, 0, 0)) == .indexed(1))
        #expect(ColorDepth.eight.nearest(to: .indexed(10)) == .indexed(2))
        #expect(ColorDepth.eight.nearest(to: .indexed(196)) == .indexed(1))
    }

    @Test func monoHasNoColor() {
        #expect(ColorDepth.mono.nearest(to: .indexed(1)) == .default)
        #expect(ColorDepth.mono.nearest(to: .rgb(1, 2, 3)) == .default)
    }

    @Test(arguments: ColorDepth.allCases) func theTerminalsOwnColorStays(_ depth: ColorDepth) {
        #expect(depth.nearest(to: .default) == .default)
    }
}
