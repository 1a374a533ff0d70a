/// What tells the rows of a file apart by their content, so that a row can be found again after others were edited.
public enum RowDigests {
    /// One for each row of a file, blank lines being none, in the order of the file. Reads all of it once.
    public static func all(of path: String, work: DataWork = .quiet) throws(DataError) -> [UInt64] {
        let dataset = try Dataset(opening: path, work: work.stretch(0...0.4))
        var digests: [UInt64] = []
        digests.reserveCapacity(dataset.count)
        try dataset.walk(work: work.stretch(0.4...1)) { line, _ throws(DataError) in
            digests.append(Digest(line.bytes).high)
            return true
        }
        return digests
    }
}
