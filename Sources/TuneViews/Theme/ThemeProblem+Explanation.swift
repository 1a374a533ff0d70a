import TuneModel

extension ThemeProblem {
    var explanation: Explanation {
        Explanation(
            Wording("\(path), line \(line): ", "\(path) 第 \(line) 行：") + what,
            next: Wording("The look stays as it was until the file is mended.", "修正该文件之前，外观保持不变。"))
    }

    // MARK: -

    private var line: Int {
        switch fault {
        case .noEqualSign(let line), .unknownRole(_, let line), .unknownWord(_, let line),
            .goesInCircles(_, let line), .unknownTheme(_, let line):
            line
        }
    }

    private var what: Wording {
        switch fault {
        case .noEqualSign: Wording("a line has to be `role = colour`.", "每行必须写成“角色 = 颜色”。")
        case .unknownRole(let word, _): Wording("there is no role `\(word)`.", "没有名为 `\(word)` 的角色。")
        case .unknownWord(let word, _):
            Wording(
                "`\(word)` is no colour: write #rrggbb, 0 to 255, default, or a $name.",
                "`\(word)` 不是颜色：请写 #rrggbb、0 到 255、default 或 $名称。")
        case .goesInCircles(let word, _): Wording("`\(word)` is told by itself.", "`\(word)` 的定义引用了自身。")
        case .unknownTheme(let word, _):
            Wording("there is no theme `\(word)` to inherit from.", "没有可继承的主题 `\(word)`。")
        }
    }
}
