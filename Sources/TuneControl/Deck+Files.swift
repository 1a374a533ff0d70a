import TuneModel

extension Deck {
    /// The commands of the screen Files.
    static func performOnFiles(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .uploadFile:
            guard let facts = state.browse.current?.facts else { return [] }
            if facts.edits.isChanged {
                state.askAboutUnsaved(facts, before: .uploading)
                return []
            }
            return upload(in: &state)
        case .refreshFiles: return Files.update(&state.files, .refreshed)
        case .deleteFile:
            guard let file = state.files.selected else { return [] }
            state.dialogs.append(.confirm(.delete(file, of: state.files.service)))
        case .saveFile:
            guard let file = state.files.selected else { return [] }
            let name = file.filename.split(separator: "/").last.map(String.init) ?? file.id.text
            state.dialogs.append(.line(LinePrompt.State(.saveFile(file.id), text: name)))
        case .trainFile:
            guard let file = state.files.selected else { return [] }
            return launch(from: nil, training: file.id.text, named: file.filename, at: state.files.service, in: &state)
        case .cancelUpload:
            var effects: [Effect] = []
            if state.files.upload != nil {
                _ = Files.update(&state.files, .uploadEnded)
                effects.append(.stop(.uploading))
            }
            if state.services.sending != nil {
                _ = Services.update(&state.services, .sendingEnded)
                _ = state.changeLaunch { Launch.update(&$0, .startFailed) }
                effects.append(.stop(.sending))
            }
            return effects
        default: break
        }
        return []
    }

    /// Sends the dataset on show; a service is first asked in memory whether it has it already.
    static func upload(in state: inout State) -> [Effect] {
        guard state.files.upload == nil, let path = state.browse.current?.facts.path else { return [] }
        guard let service = state.files.service else {
            return Files.update(&state.files, .uploadStarted(nil, path: path))
        }
        return [.findUploads(service, path: path)]
    }

    /// A file that was sent before is not sent again without a question.
    static func uploadsFound(
        _ service: ServiceName, path: String, _ uploads: [KnownUpload], in state: inout State
    ) -> [Effect] {
        guard let known = uploads.first else {
            return Files.update(&state.files, .uploadStarted(service, path: path))
        }
        state.dialogs.append(.confirm(.uploadAgain(known, path: path)))
        return []
    }

    /// What a path that was typed for a file's content leads to; nil when the line is about something else.
    static func acceptOnFiles(
        _ purpose: LinePrompt.Purpose, _ text: String, in state: inout State
    ) -> [Effect]? {
        guard case .saveFile(let id) = purpose else { return nil }
        guard !text.isEmpty else { return [] }
        state.dialogs.removeLast()
        return [.saveFile(state.files.service, id, path: FileNames.absolute(text))]
    }
}

extension Deck.State {
    func allowsFile(_ command: Command) -> Bool {
        guard tab == .files, dialogs.isEmpty else { return false }
        return switch command {
        case .uploadFile: browse.current != nil && files.upload == nil
        case .refreshFiles: files.phase != .reading
        case .deleteFile, .saveFile: files.selected != nil
        case .trainFile: files.selected.map { $0.purpose == "fine-tune" && $0.fault == nil } ?? false
        case .cancelUpload: files.upload != nil || services.sending != nil
        default: false
        }
    }
}

extension Confirm.State {
    static func delete(_ file: StoredFile, of service: ServiceName?) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete \(file.filename)?", "删除 \(file.filename)？"),
            consequence: service.map {
                Wording(
                    "It leaves \($0) for good; a file on this computer stays as it is.",
                    "它将从 \($0) 永久删除；这台电脑上的文件不受影响。")
            }
                ?? Wording(
                    "The workspace's copy goes for good; the file that it came from stays as it is.",
                    "工作区中的副本将永久删除；原文件不受影响。"),
            consent: .deleteFile(service, file.id))
    }

    static func uploadAgain(_ known: KnownUpload, path: String) -> Confirm.State {
        Confirm.State(
            question: Wording(
                "Upload \(known.filename) again?", "再次上传 \(known.filename)？"),
            // Without a hash only the looks were compared.
            consequence: known.sha256.isEmpty
                ? Wording(
                    "\(known.service) has a file of the same name and size already: \(known.file).",
                    "\(known.service) 已有名称和大小相同的文件：\(known.file)。")
                : Wording(
                    "\(known.service) has it already, with the same content, as \(known.file).",
                    "\(known.service) 已有内容相同的文件：\(known.file)。"),
            consent: .uploadFile(known.service, path: path))
    }
}
