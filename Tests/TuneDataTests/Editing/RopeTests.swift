import Testing

@testable import TuneData

/// The tree of rows against a plain list of them.
struct RopeTests {
    private func ids(_ rope: Rope) -> [UInt64] {
        var ids: [UInt64] = []
        rope.forEachPiece { piece, row in
            #expect(row == ids.count)
            for place in 0..<piece.count { ids.append(piece.slice(place..<place + 1).id.value) }
        }
        return ids
    }

    /// No leaf is empty or too full, all stand at one height, and the counts are right.
    private func check(_ node: RopeNode) -> (height: Int, rows: Int, lines: Int) {
        switch node.content {
        case .leaf(let pieces):
            #expect(!pieces.isEmpty && pieces.count <= RopeNode.most)
            return (0, pieces.reduce(0) { $0 + $1.count }, pieces.count { $0.isLine })
        case .inner(let children):
            #expect(!children.isEmpty && children.count <= RopeNode.mostChildren)
            let below = children.map(check)
            #expect(Set(below.map(\.height)).count == 1)
            let sum = (below[0].height + 1, below.reduce(0) { $0 + $1.rows }, below.reduce(0) { $0 + $1.lines })
            #expect(sum == (node.height, node.rows, node.lines))
            return sum
        }
    }

    private func script(_ count: Int, _ line: inout Int, _ source: inout SplitMix, steps: Int) -> Script {
        var script = Script()
        var left = count
        for _ in 0..<Int.random(in: 1...steps, using: &source) {
            switch Int.random(in: 0..<6, using: &source) {
            case 0, 1:
                let kept = Int.random(in: 0...max(1, left / 2), using: &source)
                script.add(.keep(min(kept, left)))
                left -= min(kept, left)
            case 2 where left > 0:
                script.add(.drop(Bool.random(using: &source) ? 7 : nil))
                left -= 1
            case 3 where count > 0:
                let start = Int.random(in: 0..<count, using: &source)
                script.add(.copy(start..<Int.random(in: start...count, using: &source)))
            case 4:
                script.add(.rows(5000 + line..<5000 + line + 3))
                line += 5
            default:
                script.add(.behind(99))
                script.add(.line(line..<line + 10))
                line += Int.random(in: 10...90, using: &source)
            }
        }
        return script
    }

    private func applied(_ script: Script, to list: [UInt64]) throws -> [UInt64] {
        var result: [UInt64] = []
        var at = 0
        let isSound = try script.forEachStep { step throws(DataError) in
            switch step {
            case .keep(let count):
                result += list[at..<at + count]
                at += count
            case .drop: at += 1
            case .line(let range): result.append(Piece(line: range).id.value)
            case .rows(let range): result += range.map(UInt64.init)
            case .copy(let range): result += list[range]
            case .behind: break
            }
        }
        #expect(isSound)
        return result + list[at...]
    }

    @Test(arguments: [4, 200]) func scriptsMakeWhatTheyMakeOfAList(_ steps: Int) throws {
        var source = SplitMix(state: UInt64(steps))
        for round in 0..<20 {
            var list = (0..<UInt64(round * 7)).map { $0 }
            var rope = Rope(rows: round * 7)
            var line = 0
            for _ in 0..<150 {
                let script = script(list.count, &line, &source, steps: steps)
                list = try applied(script, to: list)
                rope = try #require(rope.applying(script))
                if list.count > 4000 {
                    rope = rope.slice(1000..<2000)
                    list = Array(list[1000..<2000])
                }
                #expect(ids(rope) == list)
                #expect(rope.count == list.count && rope.lines == list.count { $0 >> 63 == 1 })
                if let root = rope.root { _ = check(root) }
                guard !list.isEmpty else { continue }
                let row = Int.random(in: 0..<list.count, using: &source)
                #expect(rope.id(at: row)?.value == list[row])
                var cursor = RopeCursor(rope, at: row)
                var rest: [UInt64] = []
                cursor.take(.max) { piece in rest += (0..<piece.count).map { piece.slice($0..<$0 + 1).id.value } }
                #expect(rest == Array(list[row...]))
                let (head, tail) = rope.split(at: row)
                #expect(ids(head) == Array(list[..<row]) && ids(tail) == Array(list[row...]))
                #expect(ids(tail + head) == Array(list[row...] + list[..<row]))
            }
        }
    }

    @Test func rowsThatComeTogetherAgainAreOnePiece() throws {
        let whole = Rope(rows: 1000)
        var rope = whole
        for row in stride(from: 10, to: 900, by: 3) {
            let (head, tail) = rope.split(at: row)
            rope = head + tail
        }
        #expect(rope.isWhole(1000))
        var away = Script()
        away.add(.keep(100))
        for _ in 0..<100 { away.add(.drop(nil)) }
        var back = Script()
        back.add(.keep(100))
        back.add(.rows(100..<200))
        let without = try #require(whole.applying(away))
        #expect(without.count == 900 && !without.isWhole(900))
        #expect(try #require(without.applying(back)).isWhole(1000))
    }

    @Test func aScriptThatSpeaksOfRowsThatAreNotThereMakesNothing() {
        for step: Script.Step in [.keep(11), .copy(5..<11)] {
            var script = Script()
            script.add(step)
            script.add(.line(0..<1))
            #expect(Rope(rows: 10).applying(script) == nil)
        }
        #expect(Rope(rows: 10).applying(Script(bytes: [0xff])) == nil)
        #expect(Rope(rows: 10).applying(Script(bytes: [0x07])) == nil)
    }

    @Test func manyChangesTakeFewBytesEach() throws {
        var script = Script()
        for row in 0..<100_000 {
            script.add(.keep(1))
            script.add(.drop(1))
            script.add(.line(row * 500..<row * 500 + 480))
        }
        let rope = try #require(Rope(rows: 200_000).applying(script))
        var nodes = 0
        func count(_ node: RopeNode) {
            nodes += 1
            guard case .inner(let children) = node.content else { return }
            for child in children { count(child) }
        }
        count(try #require(rope.root))
        // Two pieces of 16 bytes a change, and a node of about a hundred bytes for every 32 of them.
        #expect(nodes <= 200_000 / RopeNode.most * 16 / 15 + 8)
        #expect(rope.count == 200_000 && rope.lines == 100_000)
    }
}
