public import TuneModel

extension DataError: ExplainedError {
    public var exitStatus: ExitStatus {
        switch self {
        case .cancelled: .interrupted
        case .diskFull, .unwritable, .nameTaken, .heldElsewhere, .editsStranded, .journalTooNew, .savedByOthers,
            .needsOtherName, .cannotKeep, .originalGone:
            .failed
        default: .badData
        }
    }

    public var explanation: Explanation {
        switch self {
        case .fileMissing(let file):
            Explanation(
                Wording("There is no file \(shown(file)).", "找不到文件 \(shown(file))。"),
                next: Wording("Check the name and the folder.", "请检查文件名和所在文件夹。"))
        case .notAFile(let file):
            Explanation(
                Wording("\(shown(file)) is a folder or a device, not a file.", "\(shown(file)) 是文件夹或设备，不是文件。"),
                next: Wording("Name a file of records, such as data.jsonl.", "请给出数据文件，例如 data.jsonl。"))
        case .unreadable(let file, let reason):
            Explanation(
                Wording("\(shown(file)) cannot be read: \(reason).", "无法读取 \(shown(file))：\(reason)。"),
                next: Wording("Check that you may read it.", "请检查是否有读取权限。"))
        case .unknownFormat(let file, let ending):
            Explanation(
                ending.isEmpty
                    ? Wording("\(shown(file)) has no ending that tells its format.", "\(shown(file)) 没有扩展名，无法判断格式。")
                    : Wording(
                        "\(shown(file)) ends in .\(shown(ending)), which is no format of records.",
                        "\(shown(file)) 的扩展名 .\(shown(ending)) 不是可用的数据格式。"),
                next: Wording(
                    "Name it after what it holds: .jsonl, .json, .csv, .tsv, .txt or .xlsx, each also with .gz behind; or say it with `--format`.",
                    "请按内容改用扩展名 .jsonl、.json、.csv、.tsv、.txt 或 .xlsx（均可再加 .gz），或用 `--format` 指明。"))
        case .formatNotReadYet(let file, let ending):
            Explanation(
                Wording(
                    "\(shown(file)) is a .\(shown(ending)) file, which cannot be read yet.",
                    "\(shown(file)) 是 .\(shown(ending)) 文件，目前还不能读取。"),
                next: Wording("Save it as .jsonl, one record a line.", "请另存为 .jsonl，每行一条记录。"))
        case .damagedArchive(let file, let offset, let problem):
            Explanation(
                Wording("\(shown(file)), byte \(offset.grouped): it ", "\(shown(file)) 第 \(offset.grouped) 字节：")
                    + problem.wording,
                next: problem.remedy)
        case .badWorkbook(let file, let part, let offset, let problem):
            Explanation(
                Self.place(file, part, offset) + problem.wording, next: Self.remedy(for: problem))
        case .lineTooLong(let file, let line, let bytes, let limit):
            Explanation(
                Wording("\(shown(file)):\(line) ", "\(shown(file)):\(line) ") + Row.Problem.tooLong(bytes, limit),
                next: Wording(
                    "Remove line \(line), or break it into records.", "请删除第 \(line) 行，或将其拆成多条记录。"))
        case .documentTooLarge(let file, let bytes, let limit):
            Explanation(
                Wording(
                    "\(shown(file)) is one JSON object of \((bytes >> 20).grouped) MB; at most \(limit >> 20) MB can be read as a whole.",
                    "\(shown(file)) 是一个 \((bytes >> 20).grouped) MB 的 JSON 对象，最多能整体读取 \(limit >> 20) MB。"),
                next: Wording(
                    "Save it as a list of records, [{…}, {…}], or one record a line.",
                    "请另存为记录列表 [{…}, {…}]，或每行一条记录。"))
        case .expandsTooMuch(let file, let limit):
            Explanation(
                Wording(
                    "\(shown(file)) would take more than \((limit >> 20).grouped) MB as JSON lines, far more than it is itself.",
                    "\(shown(file)) 转成每行一条的 JSON 后会超过 \((limit >> 20).grouped) MB，远大于文件本身。"),
                next: Wording(
                    "Look at its heading and its longest cells: every row repeats them.",
                    "请检查表头和最长的单元格，它们在每一行都会重复。"))
        case .noRecords(let file):
            Explanation(
                Wording("\(shown(file)) has no records.", "\(shown(file)) 中没有记录。"),
                next: Wording(
                    "Put one on each line: {\"prompt\": \"…\", \"completion\": \"…\"}.",
                    "请每行写一条：{\"prompt\": \"…\", \"completion\": \"…\"}。"))
        case .notJSON(let file, let line, let column, let problem):
            Explanation(
                Wording("\(shown(file)):\(line):\(column) ", "\(shown(file)):\(line):\(column) ") + problem.wording,
                next: Wording(
                    "Mend line \(line), or see all broken lines with `tunedeck data check \(shown(file))`.",
                    "请修正第 \(line) 行，或用 `tunedeck data check \(shown(file))` 查看所有损坏的行。"))
        case .badTable(let file, let line, let problem):
            Explanation(
                Wording("\(shown(file)):\(line) ", "\(shown(file)):\(line) ") + problem.wording,
                next: Wording("Mend line \(line) and try again.", "请修正第 \(line) 行后重试。"))
        case .missingColumn(let file, let column, let found):
            Explanation(
                Wording(
                    "\(shown(file)) has no `\(column)`; its keys are: \(found.map(shown).joined(separator: ", ")).",
                    "\(shown(file)) 中没有 `\(column)`，现有的键：\(found.map(shown).joined(separator: "、"))。"),
                next: Columns.suggested(among: found)?.advice
                    ?? Wording(
                        "Every record needs a `prompt` and a `completion`; rename the keys that hold them, or name them with `--prompt-column` and `--completion-column`.",
                        "每条记录都要有 `prompt` 和 `completion`，请为对应的键改名，或用 `--prompt-column` 和 `--completion-column` 指明。"))
        case .identicalPrompts(let file, let count):
            Explanation(
                Wording(
                    "All \(count) prompts in \(shown(file)) are the same, so there is nothing to tell them apart by.",
                    "\(shown(file)) 的 \(count) 条提问完全相同，模型无从区分。"),
                next: Wording(
                    "Give every record its own prompt; to let the model write freely, leave all prompts empty.",
                    "请为每条记录写不同的提问；若想让模型自由写作，请把提问全部留空。"))
        case .identicalCompletions(let file, let count):
            Explanation(
                Wording(
                    "All \(count) completions in \(shown(file)) are the same, so there is nothing to learn.",
                    "\(shown(file)) 的 \(count) 条回答完全相同，没有可学的内容。"),
                next: Wording("Give the records the answers they should have.", "请为各条记录填写应有的回答。"))
        case .nothingUsable(let file, let count):
            Explanation(
                Wording(
                    "None of the \(count) records in \(shown(file)) has both a prompt and a completion.",
                    "\(shown(file)) 的 \(count) 条记录都缺少提问或回答。"),
                next: Wording("Fill in the completions and try again.", "请补全回答后重试。"))
        case .badRecord(let file, let line, let problem):
            Explanation(
                Wording("\(shown(file)):\(line) ", "\(shown(file)):\(line) ") + problem.wording,
                next: Wording(
                    "Mend line \(line), or let `tunedeck prepare \(shown(file))` do what can be done.",
                    "请修正第 \(line) 行，或用 `tunedeck prepare \(shown(file))` 自动处理。"))
        case .notCompletionData(let file, let shape):
            Explanation(
                Wording(
                    "\(shown(file)) holds \(shape) records; the questions are about prompts and completions.",
                    "\(shown(file)) 是 \(shape) 类型的记录，而这些问题只针对提问与回答。"),
                next: Wording(
                    "It can be trained as it is; `tunedeck data check \(shown(file))` looks it over.",
                    "它可以直接用于训练；`tunedeck data check \(shown(file))` 可检查内容。"))
        case .noSuchRow(let file, let row, let count):
            Explanation(
                Wording(
                    "\(shown(file)) has \(count) records, so there is no record \(row + 1).",
                    "\(shown(file)) 共 \(count) 条记录，没有第 \(row + 1) 条。"),
                next: Wording("Open the file again to see it as it is now.", "请重新打开文件查看当前内容。"))
        case .impossibleSplit(let file, let count, let second):
            Explanation(
                Wording(
                    "\(shown(file)) has \(count) records; \(second) of them cannot be set apart.",
                    "\(shown(file)) 共 \(count) 条记录，无法分出 \(second) 条。"),
                next: Wording("Leave at least one record in each file.", "请让两个文件各至少有一条记录。"))
        case .noSmallGroup(let file, let count):
            Explanation(
                Wording(
                    "Every group of records with the same prompt in \(shown(file)) is larger than \(count.grouped), the number to set apart.",
                    "\(shown(file)) 中每组同提问的记录都多于要分出的 \(count.grouped) 条。"),
                next: Wording("Set more apart, or split at random.", "请增大分出的数量，或改为随机拆分。"))
        case .notAnswers(let file, let reason):
            Explanation(
                reason.map {
                    Wording(
                        "\(shown(file)) holds no answers that can be given again: \(shown($0)).",
                        "\(shown(file)) 中没有可重放的回答：\(shown($0))。")
                }
                    ?? Wording(
                        "\(shown(file)) holds no answers that can be given again.", "\(shown(file)) 中没有可重放的回答。"),
                next: Wording(
                    "Name a recipe (…_prepared.recipe.json), or a file such as {\"answers\": [{\"id\": \"add-space\", \"answer\": \"yes\"}]}.",
                    "请给出一份配方（…_prepared.recipe.json），或形如 {\"answers\": [{\"id\": \"add-space\", \"answer\": \"yes\"}]} 的文件。"
                ))
        case .cannotConvert(let file, let line, let problem):
            Explanation(
                Wording("\(shown(file)):\(line) ", "\(shown(file)):\(line) ") + problem.wording,
                next: Wording("Change or remove line \(line).", "请修改或删除第 \(line) 行。"))
        case .notEditable(let file, let ending):
            Explanation(
                Wording(
                    "Rows of a .\(ending) file such as \(shown(file)) cannot be changed one by one.",
                    "\(shown(file)) 是 .\(ending) 文件，不能逐行修改。"),
                next: Wording(
                    "Turn it into JSON lines first: `tunedeck data convert \(shown(file))`.",
                    "请先转成每行一条的 JSON：`tunedeck data convert \(shown(file))`。"))
        case .emptyRow(let file):
            Explanation(
                Wording("A row of \(shown(file)) cannot be empty.", "\(shown(file)) 的行不能为空。"),
                next: Wording("Write a record, or delete the row.", "请填写一条记录，或删除该行。"))
        case .cannotMerge(let file):
            Explanation(
                Wording(
                    "These rows of \(shown(file)) cannot be made one: they are not all conversations, or all prompts and completions.",
                    "\(shown(file)) 的这些行无法合并：它们不全是对话，也不全是提问与回答。"),
                next: Wording("Choose rows of one kind.", "请选择同一类型的行。"))
        case .heldElsewhere(let file):
            Explanation(
                Wording(
                    "\(shown(file)) is being edited in another window; here it can only be looked at.",
                    "\(shown(file)) 正在另一个窗口中编辑，这里只能查看。"),
                next: Wording("Close it there, then open it again here.", "请在那边关闭后重新打开。"))
        case .editsStranded(let file):
            Explanation(
                Wording(
                    "\(shown(file)) was changed by another program, and has edits here that were not saved.",
                    "\(shown(file)) 被其他程序修改过，而这里还有未保存的编辑。"),
                next: Wording(
                    "Say first whether to make the edits again on the file as it is, or to drop them.",
                    "请先选择：在现有文件上重做这些编辑，还是放弃它们。"))
        case .journalTooNew(let file):
            Explanation(
                Wording(
                    "The unsaved edits of \(shown(file)) were made by a later version of TuneDeck.",
                    "\(shown(file)) 的未保存编辑由更新版本的 TuneDeck 写成。"),
                next: Wording("Open it with that version.", "请用该版本打开。"))
        case .savedByOthers(let file):
            Explanation(
                Wording(
                    "Another program changed \(shown(file)) since it was opened; it was not overwritten.",
                    "\(shown(file)) 在打开后被其他程序修改，未覆盖它。"),
                next: Wording(
                    "Keep your version, take theirs, or make your edits again on theirs.",
                    "请选择：保留自己的版本、采用对方的版本，或在对方的版本上重做编辑。"))
        case .needsOtherName(let file, let ending, let name):
            Explanation(
                Wording(
                    "\(shown(file)) is a .\(ending) file; edited rows are saved as JSON lines, in a file of their own.",
                    "\(shown(file)) 是 .\(ending) 文件；编辑后的行需另存为每行一条的 JSON 文件。"),
                next: Wording("Save them as \(shown(name)).", "请另存为 \(shown(name))。"))
        case .cannotKeep(let file, let trait):
            Explanation(
                Wording("\(shown(file)) ", "\(shown(file)) ") + trait.wording,
                next: Wording("Save the rows under another name.", "请换一个名字另存。"))
        case .originalGone(let file):
            Explanation(
                Wording(
                    "Another program wrote into \(shown(file)), so your version of the rows you did not touch is gone.",
                    "其他程序直接改写了 \(shown(file))，您未改动的行的原内容已不存在。"),
                next: Wording(
                    "Take theirs, or make your edits again on theirs.", "请采用对方的版本，或在其上重做编辑。"))
        case .changedMeanwhile(let file):
            Explanation(
                Wording(
                    "Another program changed \(shown(file)) while it was open here.",
                    "\(shown(file)) 在打开期间被其他程序修改了。"),
                next: Wording("Nothing was written. Open it again.", "没有写入任何内容，请重新打开。"))
        case .nameTaken(let file):
            Explanation(
                Wording("\(shown(file)) exists already and is not overwritten.", "\(shown(file)) 已存在，不会覆盖。"),
                next: Wording("Choose another name, or move it away.", "请换一个名字，或先移走该文件。"))
        case .diskFull(let file):
            Explanation(
                Wording("The disk is full: \(shown(file)) could not be written.", "磁盘已满，无法写入 \(shown(file))。"),
                next: Wording(
                    "Nothing half-written was left behind. Make room and try again.", "没有留下残缺文件，请腾出空间后重试。"))
        case .unwritable(let file, let reason):
            Explanation(
                Wording("\(shown(file)) cannot be written: \(reason).", "无法写入 \(shown(file))：\(reason)。"),
                next: Wording(
                    "Check that you may write in its folder.", "请检查该文件夹是否允许写入。"))
        case .cancelled:
            Explanation(
                Wording("Stopped before the end.", "已中途停止。"),
                next: Wording("Nothing was written.", "没有写入任何内容。"))
        }
    }
}

extension DataError {
    private static func place(_ file: String, _ part: String, _ offset: Int) -> Wording {
        part.isEmpty
            ? Wording("\(shown(file)) ", "\(shown(file)) ")
            : Wording(
                "\(shown(file)), in \(shown(part)) at byte \(offset.grouped): it ",
                "\(shown(file)) 的 \(shown(part)) 第 \(offset.grouped) 字节：")
    }

    private static func remedy(for problem: WorkbookProblem) -> Wording {
        switch problem {
        case .encrypted:
            Wording("Open it in its program and save it without a password.", "请在原程序中打开并另存为无密码的文件。")
        case .oldFormat, .binary, .noWorkbook:
            Wording("Open it in its program and save it as .xlsx or .csv.", "请在原程序中打开并另存为 .xlsx 或 .csv。")
        default:
            Wording(
                "Open it in a spreadsheet program, look it over, and save it again as .xlsx or .csv.",
                "请用电子表格程序打开检查，再重新另存为 .xlsx 或 .csv。")
        }
    }
}

extension Columns {
    /// How to say that these are the columns.
    public var advice: Wording {
        Wording(
            "If `\(shown(prompt))` and `\(shown(completion))` hold them, add `\(options)`.",
            "如果它们在 `\(shown(prompt))` 和 `\(shown(completion))` 中，请加上 `\(options)`。")
    }

    /// The options of the command line.
    private var options: String {
        func quoted(_ name: String) -> String {
            name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
                ? name : "'" + shown(name).replacing("'", with: "'\\''") + "'"
        }
        return "--prompt-column \(quoted(prompt)) --completion-column \(quoted(completion))"
    }
}

extension FileTrait {
    /// Completes a sentence that begins with the file.
    var wording: Wording {
        switch self {
        case .names(let count):
            Wording(
                "has \(count.grouped) names (hard links); saving would leave the others with the old rows.",
                "有 \(count.grouped) 个名字（硬链接）；保存会使其他名字仍指向旧内容。")
        case .attribute(let name):
            Wording(
                "has the extended attribute \(shown(name)), which cannot be given to the saved file.",
                "带有扩展属性 \(shown(name))，无法转给保存后的文件。")
        case .owner:
            Wording(
                "belongs to somebody else, and cannot be replaced without taking it from them.",
                "属于其他用户，替换它会改变其所有者。")
        }
    }
}

extension JSONProblem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .unexpectedEnd:
            Wording("is broken JSON: the line ends in the middle of a record.", "不是完整的 JSON：该行在记录中途结束。")
        case .expectedValue: Wording("is broken JSON: a value is missing here.", "JSON 有误：此处缺少值。")
        case .expectedKey: Wording("is broken JSON: a key in quotes belongs here.", "JSON 有误：此处应为带引号的键。")
        case .expectedColon: Wording("is broken JSON: a colon is missing here.", "JSON 有误：此处缺少冒号。")
        case .expectedCommaOrEnd:
            Wording("is broken JSON: a comma or the closing bracket is missing here.", "JSON 有误：此处缺少逗号或右括号。")
        case .badNumber: Wording("is broken JSON: this is no number.", "JSON 有误：数字不正确。")
        case .badEscape: Wording("is broken JSON: this backslash begins no known escape.", "JSON 有误：反斜杠转义不正确。")
        case .unclosedText:
            Wording("is broken JSON: the text that begins here has no closing quote.", "JSON 有误：从此处开始的文本缺少右引号。")
        case .textAfterEnd: Wording("is broken JSON: something follows the record.", "JSON 有误：记录之后还有多余内容。")
        case .nestedTooDeep: Wording("nests deeper than 512 levels.", "嵌套超过 512 层。")
        case .notAnObject: Wording("is no record: a record is an object {…}.", "不是记录：记录应为对象 {…}。")
        }
    }
}

extension TableProblem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .unclosedQuote: Wording("begins a quoted cell that never ends.", "有未闭合的引号单元格。")
        case .tooLong(let limit):
            Wording("is a row of more than \(limit >> 20) MB.", "是超过 \(limit >> 20) MB 的行。")
        case .tooManyCells(let count, let columns):
            Wording("has \(count) cells, but the heading has \(columns).", "有 \(count) 个单元格，而表头只有 \(columns) 列。")
        case .unevenColumns(let column, let count, let expected):
            Wording(
                "has \(count) values in `\(shown(column))`, but \(expected) in the others.",
                "的 `\(shown(column))` 有 \(count) 个值，其他列有 \(expected) 个。")
        }
    }
}

extension RecordProblem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .missing(let field): Wording("has no `\(field)`.", "缺少 `\(field)`。")
        case .null(let field): Wording("has null as its `\(field)`.", "的 `\(field)` 为 null。")
        case .empty(let field): Wording("has an empty `\(field)`.", "的 `\(field)` 为空。")
        case .notText(let field): Wording("has a `\(field)` that is no text.", "的 `\(field)` 不是文本。")
        case .notAList(let field): Wording("has a `\(field)` that is no list of turns.", "的 `\(field)` 不是对话列表。")
        case .unknownShape:
            Wording(
                "is no record: it has neither prompt and completion, nor messages, nor a preferred output.",
                "不是记录：既没有 prompt 和 completion，也没有 messages 或 preferred_output。")
        case .otherShape(let expected, let found):
            Wording("is a \(found) record in a file of \(expected) records.", "是 \(found) 记录，而文件中其他是 \(expected) 记录。")
        case .unknownRole(let role):
            Wording("has a turn of the unknown role “\(shown(role))”.", "含有未知角色“\(shown(role))”。")
        case .noAssistantTurn: Wording("has no assistant turn to learn from.", "没有可供学习的 assistant 发言。")
        case .notUTF8(let field):
            Wording("has bytes in its `\(field)` that are no UTF-8.", "的 `\(field)` 含有非 UTF-8 字节。")
        }
    }
}

extension ConversionProblem {
    /// Completes a sentence that begins with the place.
    public var wording: Wording {
        switch self {
        case .severalTurns(let count):
            Wording("has \(count) turns; a prompt and a completion hold two.", "有 \(count) 轮发言，而提问加回答只能容纳两轮。")
        case .noQuestion: Wording("has no user turn to make a prompt of.", "没有可作为提问的 user 发言。")
        case .noAnswer: Wording("has no assistant turn to make a completion of.", "没有可作为回答的 assistant 发言。")
        case .preference: Wording("is a preference pair, which has no other shape.", "是偏好对，无法转换为其他形式。")
        }
    }
}
