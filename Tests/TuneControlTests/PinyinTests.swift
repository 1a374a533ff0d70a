import Testing

@testable import TuneControl

struct PinyinTests {
    @Test(arguments: [
        ("czxt", "操作系统"), ("xzzt", "选择主题"), ("zdrw", "转到任务"), ("tcjl", "退出记录"), ("jl", "添加记录"),
        ("rwlb", "任务列表"),
    ])
    func initialsFindChineseText(needle: String, text: String) {
        #expect(Fuzzy.score(needle, in: text) != nil)
    }

    @Test func aCharacterOfSeveralReadingsIsFoundByEach() {
        for letter in "cz" { #expect(Pinyin.reads("重", letter)) }
        for letter in "hx" { #expect(Pinyin.reads("行", letter)) }
        for letter in "yl" { #expect(Pinyin.reads("乐", letter)) }
    }

    @Test func otherLettersDoNotFindIt() {
        #expect(Fuzzy.score("b", in: "任务") == nil)
        #expect(!Pinyin.reads("任", "R"))
        #expect(!Pinyin.reads("a", "a"))
        #expect(!Pinyin.reads("中", "中"))
    }

    @Test func initialsAndCharactersCanBeMixed() {
        #expect(Fuzzy.score("转drw", in: "转到任务") != nil)
        #expect(Fuzzy.score("go任", in: "go 到任务") != nil)
    }

    /// The standard has so many characters, and each is read somehow.
    @Test func everyCharacterOfGB2312HasAReading() {
        let characters = Set(Pinyin.table.flatMap { Array($0.characters) })
        #expect(characters.count == 6_763)
        #expect(characters.allSatisfy { (0x4E00...0x9FFF).contains($0.unicodeScalars.first!.value) })
        #expect(Pinyin.table.allSatisfy { ("a"..."z").contains($0.letter) && !"iuv".contains($0.letter) })
    }
}
