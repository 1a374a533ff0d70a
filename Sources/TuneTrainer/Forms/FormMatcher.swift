/// Follows a text through a grammar byte by byte.
///
/// All ways in which the text so far can be read are followed at once; a set of them is a place, which has a number,
/// and where each byte leads from a place is computed once. Most steps are then a look into a table.
final class FormMatcher {
    /// No way to read the text is left.
    static let nowhere: Int32 = -1

    private let machine: GrammarMachine
    /// (places, 256): where a byte leads, `nowhere`, or `unknown`.
    private var table: [Int32] = []
    private var places: [Place] = []
    private var numbers: [[Way]: Int32] = [:]
    private var stacks: [Stack] = []
    private var stackNumbers: [Stack: Int32] = [:]
    /// Ways of all places together.
    private var waysInAll = 0

    /// A state, and the stack of those to come back to; −1 for the bottom.
    private struct Way: Hashable {
        let state: Int32
        let stack: Int32
    }

    private struct Stack: Hashable {
        let state: Int32
        let below: Int32
    }

    private struct Place {
        /// Those that go on with a byte.
        let ways: [Way]
        let isEnd: Bool
    }

    private static let unknown: Int32 = -2
    /// A kilobyte each.
    private static let mostPlaces = 16_384
    private static let mostStacks = 1 << 20
    /// More ways to read the same text are not followed, nor more in all than memory is worth: what can be written
    /// becomes less, and stays right.
    private static let mostWays = 4_096
    private static let mostWaysInAll = 1 << 20

    /// Where nothing has been read.
    private(set) var start: Int32 = 0

    init(_ machine: GrammarMachine) {
        self.machine = machine
        start = place(of: [Way(state: machine.root, stack: -1)])
    }

    /// Whether the text may end here.
    func isEnd(_ place: Int32) -> Bool { place >= 0 && places[Int(place)].isEnd }

    /// Whether anything may follow.
    func goesOn(_ place: Int32) -> Bool { place >= 0 && !places[Int(place)].ways.isEmpty }

    @inline(__always)
    func step(_ place: Int32, _ byte: UInt8) -> Int32 {
        guard place >= 0 else { return Self.nowhere }
        let known = table[Int(place) << 8 | Int(byte)]
        return known == Self.unknown ? explore(place, byte) : known
    }

    func step(_ place: Int32, _ bytes: some Sequence<UInt8>) -> Int32 {
        var place = place
        for byte in bytes { place = step(place, byte) }
        return place
    }

    /// Whether so much is remembered that it should be forgotten.
    var isFull: Bool {
        places.count >= Self.mostPlaces || stacks.count >= Self.mostStacks || waysInAll >= Self.mostWaysInAll / 2
    }

    /// Forgets all places but this one; its new number.
    func forget(allBut place: Int32) -> Int32 {
        guard place >= 0 else { return place }
        let ways = places[Int(place)].ways
        let isEnd = places[Int(place)].isEnd
        let old = stacks
        (table, places, numbers, stacks, stackNumbers, waysInAll) = ([], [], [:], [], [:], 0)
        var moved: [Int32: Int32] = [-1: -1]
        for way in ways {
            var path: [Int32] = []
            var stack = way.stack
            while moved[stack] == nil {
                path.append(stack)
                stack = old[Int(stack)].below
            }
            for stack in path.reversed() {
                let parts = old[Int(stack)]
                moved[stack] = self.stack(parts.state, moved[parts.below]!)
            }
        }
        return number(ways.map { Way(state: $0.state, stack: moved[$0.stack]!) }, isEnd: isEnd)
    }

    // MARK: -

    private func explore(_ place: Int32, _ byte: UInt8) -> Int32 {
        guard waysInAll < Self.mostWaysInAll, places.count < 4 * Self.mostPlaces else { return Self.nowhere }
        var next: [Way] = []
        for way in places[Int(place)].ways {
            for edge in machine.states[Int(way.state)].bytes where edge.low <= byte && byte <= edge.high {
                next.append(Way(state: edge.next, stack: way.stack))
            }
        }
        let result = next.isEmpty ? Self.nowhere : self.place(of: next)
        table[Int(place) << 8 | Int(byte)] = result
        return result
    }

    /// The place of all ways that these lead to without a byte.
    private func place(of ways: [Way]) -> Int32 {
        var seen = Set(ways)
        var open = ways
        var kept: [Way] = []
        var isEnd = false
        func add(_ way: Way) {
            if seen.count < Self.mostWays, seen.insert(way).inserted { open.append(way) }
        }
        while let way = open.popLast() {
            let state = machine.states[Int(way.state)]
            if !state.bytes.isEmpty { kept.append(way) }
            for next in state.free { add(Way(state: next, stack: way.stack)) }
            for call in state.calls {
                // A rule that ends with another needs not be come back to: so a list's stack stays as it is.
                let stack =
                    machine.states[Int(call.back)].isOnlyEnd ? way.stack : self.stack(call.back, way.stack)
                add(Way(state: machine.start(of: call.rule), stack: stack))
            }
            guard state.isEnd else { continue }
            if way.stack < 0 {
                isEnd = true
            } else {
                let back = stacks[Int(way.stack)]
                add(Way(state: back.state, stack: back.below))
            }
        }
        return number(kept, isEnd: isEnd)
    }

    private func number(_ ways: [Way], isEnd: Bool) -> Int32 {
        // The end is a way of its own in the name of the place.
        let key =
            ways.sorted { ($0.state, $0.stack) < ($1.state, $1.stack) } + (isEnd ? [Way(state: -1, stack: -1)] : [])
        if let known = numbers[key] { return known }
        let number = Int32(places.count)
        numbers[key] = number
        waysInAll += ways.count
        places.append(Place(ways: ways, isEnd: isEnd))
        table.append(contentsOf: repeatElement(Self.unknown, count: 256))
        return number
    }

    private func stack(_ state: Int32, _ below: Int32) -> Int32 {
        let stack = Stack(state: state, below: below)
        if let known = stackNumbers[stack] { return known }
        let number = Int32(stacks.count)
        stackNumbers[stack] = number
        stacks.append(stack)
        return number
    }
}
