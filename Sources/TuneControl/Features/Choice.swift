public import TuneData
public import TuneModel

/// A list of things to do next, one of which is picked.
public enum Choice {
    public struct State: Hashable, Sendable {
        public let title: Wording
        /// Why one is asked, in a sentence or two; nil when the title says it.
        public let reason: Wording?
        public let items: [Item]
        /// The dataset that is asked about; nil for the one on show.
        public let dataset: String?
        public var list: ListState

        public init(
            _ title: Wording, reason: Wording? = nil, _ items: [Item], chosen: Int = 0, of dataset: String? = nil
        ) {
            self.title = title
            self.reason = reason
            self.items = items
            self.dataset = dataset
            list = ListState(count: items.count, cursor: chosen)
        }

        public var chosen: Pick? { list.selected.map { items[$0].pick } }
    }

    public struct Item: Hashable, Sendable {
        public let title: Wording
        /// What picking it means.
        public let detail: Wording
        public let pick: Pick

        public init(_ title: Wording, _ detail: Wording = Wording(verbatim: ""), _ pick: Pick) {
            self.title = title
            self.detail = detail
            self.pick = pick
        }
    }

    /// What reads a dataset from its file.
    public enum FileUse: Hashable, Sendable {
        case preparing, training, uploading
    }

    /// What a choice leads to.
    public enum Pick: Hashable, Sendable {
        case order(RowOrder.Key)
        case bulk(Bulk.Kind)
        case save(SaveManner)
        case saveAs
        case reload(keepingEdits: Bool)
        /// Saves the dataset, then goes on to what reads the file.
        case saveFirst(FileUse)
        case useAsItIs(FileUse)
    }
}

extension Choice.FileUse {
    /// Why unsaved edits matter to it.
    var reason: Wording {
        switch self {
        case .training: Wording("A job learns from the file as it is saved.", "训练任务使用已保存的文件。")
        case .preparing: Wording("Preparing reads the file as it is saved.", "整理时读取的是已保存的文件。")
        case .uploading: Wording("The file is sent as it is saved.", "上传的是已保存的文件。")
        }
    }
}
