import Foundation
import Testing

@testable import TuneCanvas

@Suite struct ChartFigureTests {
    private func figure(_ title: String, name: String = "loss", count: Int = 500) -> ChartFigure {
        let points = PointList(
            points: (0..<count).map { .init(x: Double($0), y: $0 == count / 2 ? 50 : 1 + Double($0 % 9)) })
        return ChartFigure(title: title, lines: [.init(name, points: points, color: 0)], xLabel: "steps")
    }

    @Test(arguments: [1, 2, 500, 200_000])
    func aDocumentIsWellFormedWhateverItsNamesAre(count: Int) throws {
        let svg = figure("<b> & \"静夜思\"\u{1b}[31m\u{202e}", name: "]]>&amp;", count: count).svg
        let parser = XMLReader(svg)
        #expect(parser.isWellFormed)
        #expect(svg.contains("静夜思") && !svg.contains("\u{1b}") && !svg.contains("\u{202e}"))
    }

    @Test func aSpikeReachesTheTopOfThePicture() throws {
        let figure = figure("t", count: 200_000)
        let axes = try #require(figure.axes)
        let ys = figure.strokes(of: figure.lines[0], in: axes).flatMap { $0 }.map(\.y)
        #expect(ys.min() == Double(figure.plot.y))
    }

    @Test func aPictureHasItsSizeAndSoundChecksums() {
        let png = figure("loss · 静夜思").png
        #expect(Array(png.prefix(8)) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
        var place = 8
        var names: [String] = []
        func number(_ at: Int) -> Int { png[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
        while place < png.count {
            let length = number(place)
            let body = Array(png[(place + 4)..<(place + 8 + length)])
            names.append(String(decoding: body.prefix(4), as: UTF8.self))
            #expect(Int(PNG.checksum(body)) == number(place + 8 + length))
            if names == ["IHDR"] { #expect(number(place + 8) == 1200 && number(place + 12) == 675) }
            place += 12 + length
        }
        #expect(names == ["IHDR", "PLTE", "IDAT", "IEND"])
    }

    @Test func theChecksumIsTheOneOfTheStandard() {
        // The check value of CRC-32/ISO-HDLC.
        #expect(PNG.checksum(Array("123456789".utf8)) == 0xcbf4_3926)
    }

    @Test func aFigureWithoutPointsIsATitleAlone() {
        let empty = ChartFigure(title: "nothing", lines: [])
        #expect(empty.svg.contains("nothing") && !empty.png.isEmpty)
    }

    @Test func everySignOfASCIIHasALetterOfItsOwn() {
        let signs = (0x21...0x7e).map { Character(Unicode.Scalar($0)!) }
        let missing = PixelFont.rows(of: "静")
        #expect(signs.allSatisfy { PixelFont.rows(of: $0).count == 7 && PixelFont.rows(of: $0) != missing })
        #expect(Set(signs.map(PixelFont.rows)).count == signs.count)
    }
}

/// A look at whether tags are closed in order and no bare sign of markup is left; enough for documents of our own making.
private struct XMLReader {
    let isWellFormed: Bool

    init(_ text: String) {
        var open: [Substring] = []
        var isSound = true
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else {
                isSound = false
                break
            }
            let tag = rest[rest.index(after: start)..<end]
            if rest[..<start].contains(where: { ">\"".contains($0) }) || tag.contains("<") { isSound = false }
            if tag.hasPrefix("/") {
                isSound = isSound && open.popLast() == tag.dropFirst()
            } else if !tag.hasSuffix("/") {
                open.append(tag.prefix { !" \n".contains($0) })
            }
            rest = rest[rest.index(after: end)...]
        }
        isWellFormed = isSound && open.isEmpty
    }
}
