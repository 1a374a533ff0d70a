/// The first frame of a journal: which file its edits belong to, and how that was read.
struct JournalHeader: Hashable, Sendable {
    let path: String
    let columns: Columns
    let file: FileStamp
    /// Rows that the file had.
    let rows: Int

    init(of dataset: Dataset, path: String) {
        self.path = path
        columns = dataset.columns
        file = FileStamp(dataset.original.identity)
        rows = dataset.index.rows
    }

    var spelled: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(text: path)
        bytes.append(text: columns.prompt)
        bytes.append(text: columns.completion)
        bytes += file.spelled
        bytes.append(varint: UInt64(rows))
        return bytes
    }

    init?(_ content: [UInt8]) {
        var reader = FieldReader(content)
        guard let path = reader.text(), let prompt = reader.text(), let completion = reader.text(),
            let file = FileStamp(&reader), let rows = reader.count()
        else { return nil }
        (self.path, self.file, self.rows) = (path, file, rows)
        columns = Columns(prompt: prompt, completion: completion)
    }
}

/// What tells one state of a file from another after a restart, when devices may have other numbers.
struct FileStamp: Hashable, Sendable {
    let inode: UInt64
    let size: UInt64
    let seconds: UInt64
    let nanoseconds: UInt64

    init(_ identity: FileIdentity) {
        inode = identity.inode
        size = UInt64(identity.size)
        seconds = UInt64(bitPattern: Int64(identity.seconds))
        nanoseconds = UInt64(identity.nanoseconds)
    }

    init?(_ reader: inout FieldReader) {
        guard let inode = reader.fixed(), let size = reader.fixed(), let seconds = reader.fixed(),
            let nanoseconds = reader.fixed()
        else { return nil }
        (self.inode, self.size, self.seconds, self.nanoseconds) = (inode, size, seconds, nanoseconds)
    }

    var spelled: [UInt8] {
        var bytes: [UInt8] = []
        for number in [inode, size, seconds, nanoseconds] { bytes.append(fixed: number) }
        return bytes
    }
}
