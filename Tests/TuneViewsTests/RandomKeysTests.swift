import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

/// A cat on the keyboard: whatever is pressed and however the window is pulled about, the dashboard stands, and the
/// screen shows nothing of what was there before.
@MainActor @Suite(.serialized) struct RandomKeysTests {
    nonisolated private static let isTorture = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] != nil

    @Test(arguments: [UInt64(7), 11])
    func noSequenceOfKeysBringsItDown(_ seed: UInt64) async throws {
        var chance = SplitMix(seed)
        let fake = try FakeWorld(sampleRecords: 40)
        try fake.write("odd.jsonl", Self.oddRecords)
        var keys = 0
        while keys < (Self.isTorture ? 500_000 : 4_000) {
            let player = Player(
                fake.world, width: 100, height: 30, language: keys.isMultiple(of: 2) ? .english : .chinese)
            try await player.start(opening: [fake.path("odd.jsonl")])
            for _ in 0..<400 where player.isRunning {
                try await player.press(Self.key(&chance), at: &chance)
                keys += 1
            }
            await player.loop.store.close()
        }
    }

    @Test func noSizeLeavesAStaleCell() async throws {
        var chance = SplitMix(3)
        let fake = try FakeWorld(sampleRecords: 40)
        try fake.write("odd.jsonl", Self.oddRecords)
        let player = Player(fake.world)
        try await player.start(opening: [fake.path("odd.jsonl")])
        for step in 0..<(Self.isTorture ? 10_000 : 1_500) {
            try player.resize(Int.random(in: 2...500, using: &chance), Int.random(in: 1...200, using: &chance))
            if step.isMultiple(of: 5) { try await player.press(Self.key(&chance), at: &chance) }
            #expect(player.screen.frame?.size == player.screen.size)
            guard player.isRunning else { return }
        }
        await player.loop.store.close()
    }

    // MARK: -

    /// Keys that quit are left out, as is what would run a program.
    private static func key(_ chance: inout SplitMix) -> Key {
        switch Int.random(in: 0..<20, using: &chance) {
        case 0...8: .character(letters.randomElement(using: &chance)!)
        case 9...12: plain.randomElement(using: &chance)!
        case 13: .shift(plain.randomElement(using: &chance)!)
        case 14: .alt(.character(letters.randomElement(using: &chance)!))
        case 15, 16: .ctrl(.character("abdefghiklmnoprstuvwxy".randomElement(using: &chance)!))
        case 17: .function(Int.random(in: 1...12, using: &chance))
        case 18: .paste(pastes.randomElement(using: &chance)!)
        default: .escape
        }
    }

    private static let letters = Array(
        "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789 /?:.,;+-=[]{}<>#%'\"~中文é")
    private static let plain: [Key] = [
        .enter, .escape, .tab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
    ]
    private static let pastes = [
        "", "两行\n文字", "\u{1B}[31mred\u{1B}[201~", "👨‍👩‍👧‍👦 a\u{301}\u{202E}b", String(repeating: "long ", count: 400),
    ]
    private static let oddRecords = [
        #"{"prompt":"什么是分词？","completion":" 中文👨‍👩‍👧 混排 text"}"#,
        #"{"prompt":"\u001b[31mred\u001b[0m","completion":"‮gnp"}"#,
        #"{"messages":[{"role":"user","content":"问"},{"role":"assistant","content":"答"}]}"#, "{broken", "",
        #"{"prompt":"\#(String(repeating: "长", count: 3_000))","completion":"a\u0000b"}"#,
    ]
}

extension Player {
    /// Presses one key, lets a part of the news in, and looks whether the screen is what a fresh one would be.
    fileprivate func press(_ key: Key, at chance: inout SplitMix) async throws {
        screen.press([key])
        try handleInput()
        if Int.random(in: 0..<4, using: &chance) == 0 { try await settle() }
        let fresh = ScriptedScreen(screen.size.width, screen.size.height)
        fresh.apply(FrameDiff(from: nil, to: try #require(screen.frame)), cursor: nil)
        #expect(screen.picture == fresh.picture, "after \(key)")
    }
}

/// A source of chance that gives the same every time.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
