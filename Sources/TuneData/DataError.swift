/// What can go wrong with a user's data: facts only, told by `explanation`.
///
/// Lines and columns count from 1, columns in characters; `file` is the path as the user gave it.
public enum DataError: Error, Equatable, Sendable {
    case fileMissing(file: String)
    case notAFile(file: String)
    case unreadable(file: String, reason: String)
    /// `extension` is empty when the name has none.
    case unknownFormat(file: String, extension: String)
    /// A format that is known but cannot be read by this version.
    case formatNotReadYet(file: String, extension: String)
    /// A packed file, or the zip file that a workbook is, cannot be unpacked; `offset` counts its bytes from 0.
    case damagedArchive(file: String, offset: Int, problem: ArchiveProblem)
    /// `part` is the file in the workbook's zip file, empty for all of it; `offset` counts its unpacked bytes from 0.
    case badWorkbook(file: String, part: String, offset: Int, problem: WorkbookProblem)
    /// A line that is too long to be read as a record.
    case lineTooLong(file: String, line: Int, bytes: Int, limit: Int)
    /// A JSON document that is too large to be turned around in memory.
    case documentTooLarge(file: String, bytes: Int, limit: Int)
    /// The rows of a table repeat so much that they would fill the disk.
    case expandsTooMuch(file: String, limit: Int)
    case noRecords(file: String)
    case notJSON(file: String, line: Int, column: Int, problem: JSONProblem)
    case badTable(file: String, line: Int, problem: TableProblem)
    case missingColumn(file: String, column: String, found: [String])
    case identicalPrompts(file: String, count: Int)
    case identicalCompletions(file: String, count: Int)
    /// Every record was left out: none has both a prompt and a completion.
    case nothingUsable(file: String, count: Int)
    case badRecord(file: String, line: Int, problem: RecordProblem)
    /// Something that only prompt–completion data can be asked.
    case notCompletionData(file: String, shape: String)
    case noSuchRow(file: String, row: Int, count: Int)
    case impossibleSplit(file: String, count: Int, second: Int)
    /// Records that belong together are so many that none of their groups can be set apart.
    case noSmallGroup(file: String, count: Int)
    /// A file of answers that cannot be read as such; `reason` is what stands in the way, where it can be named.
    case notAnswers(file: String, reason: String?)
    case cannotConvert(file: String, line: Int, problem: ConversionProblem)
    /// A file whose rows cannot be changed in place.
    case notEditable(file: String, extension: String)
    /// A text without anything in it, which cannot be a row.
    case emptyRow(file: String)
    /// Rows that cannot be made one.
    case cannotMerge(file: String)
    /// Another process edits the file.
    case heldElsewhere(file: String)
    /// Edits are left that belong to another state of the file.
    case editsStranded(file: String)
    /// The journal was written by a later version.
    case journalTooNew(file: String)
    /// The file cannot be saved to as it was changed by others.
    case savedByOthers(file: String)
    /// The file cannot be saved to in its own format; `name` is where its rows could go.
    case needsOtherName(file: String, extension: String, name: String)
    /// Saving would lose what a file has beside its bytes.
    case cannotKeep(file: String, FileTrait)
    /// The rows as they were opened are not on the disk any more.
    case originalGone(file: String)
    /// The file is not the one that was read before.
    case changedMeanwhile(file: String)
    /// A file that was to be made is there already.
    case nameTaken(file: String)
    case diskFull(file: String)
    case unwritable(file: String, reason: String)
    case cancelled
}

/// What a file may have beside its bytes that cannot be given to another.
public enum FileTrait: Hashable, Sendable {
    /// Other names, by hard links.
    case names(Int)
    case attribute(String)
    case owner
}

/// Why a text is not JSON.
public enum JSONProblem: Hashable, Sendable {
    case unexpectedEnd
    case expectedValue
    case expectedKey
    case expectedColon
    case expectedCommaOrEnd
    case badNumber
    case badEscape
    case unclosedText
    case textAfterEnd
    case nestedTooDeep
    /// A single value where an object `{…}` belongs.
    case notAnObject
}

/// Why a table cannot be read.
public enum TableProblem: Hashable, Sendable {
    case unclosedQuote
    /// A row with more cells than the heading.
    case tooManyCells(count: Int, columns: Int)
    /// A row of more bytes than that.
    case tooLong(limit: Int)
    /// Lists of an object of lists differ in length.
    case unevenColumns(column: String, count: Int, expected: Int)
}

/// Why a record cannot be trained.
public enum RecordProblem: Error, Hashable, Sendable {
    case missing(field: String)
    case null(field: String)
    case empty(field: String)
    case notText(field: String)
    case notAList(field: String)
    case unknownShape
    case otherShape(expected: String, found: String)
    case unknownRole(String)
    case noAssistantTurn
    case notUTF8(field: String)
}

/// Why a record cannot take another shape.
public enum ConversionProblem: Error, Hashable, Sendable {
    /// More than one question and one answer, which a prompt and a completion cannot hold.
    case severalTurns(Int)
    case noQuestion
    case noAnswer
    case preference
}
