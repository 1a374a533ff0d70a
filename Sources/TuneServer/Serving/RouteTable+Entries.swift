import Hummingbird

extension RouteTable {
    static func answering(_ models: ModelRoutes, _ chat: ChatRoutes, _ completions: CompletionRoutes) -> [Entry] {
        [
            Entry(.get, "/health", RouteFacts("Whether the server is there.", answer: "Health")) { _, _ in
                .json(.object([("status", "ok")]))
            },
            Entry(.get, "/v1/models", RouteFacts("The models.", answer: "Page"), models.list),
            Entry(.get, "/v1/models/{model}", RouteFacts("One model.", answer: "Model"), models.get),
            Entry(
                .delete, "/v1/models/{model}", RouteFacts("Delete a fine-tuned model.", answer: "Deleted"),
                models.delete),
            Entry(
                .post, "/v1/chat/completions",
                RouteFacts(
                    "Answer a conversation.", body: "ChatQuestion", answer: "ChatAnswer", or: [RouteFacts.events]),
                chat.create),
            Entry(
                .post, "/v1/completions",
                RouteFacts(
                    "Continue a text.", body: "CompletionQuestion", answer: "CompletionAnswer", or: [RouteFacts.events]),
                completions.create),
            Entry(
                .post, "/v1/engines/{model}/completions",
                RouteFacts(
                    "The same at its oldest address.", body: "CompletionQuestion", answer: "CompletionAnswer",
                    or: [RouteFacts.events]), completions.create),
        ]
    }

    static func files(_ files: FileRoutes, _ uploads: UploadRoutes) -> [Entry] {
        [
            Entry(
                .post, "/v1/files", RouteFacts("Upload a file.", body: "FileForm", isForm: true, answer: "File"),
                files.create),
            Entry(
                .get, "/v1/files",
                RouteFacts(
                    "The files, newest first.",
                    query: [.text("purpose"), .text("after"), .limit(10_000), .choice("order", ["asc", "desc"])],
                    answer: "Page"), files.list),
            Entry(.get, "/v1/files/{file}", RouteFacts("One file.", answer: "File"), files.get),
            Entry(
                .get, "/v1/files/{file}/content",
                RouteFacts(
                    "Its bytes.",
                    or: [
                        RouteFacts.Answer(kind: "application/octet-stream", schema: nil),
                        RouteFacts.Answer(kind: "text/csv", schema: nil),
                    ]), files.content),
            Entry(.delete, "/v1/files/{file}", RouteFacts("Delete a file.", answer: "Deleted"), files.delete),
            Entry(
                .post, "/v1/uploads",
                RouteFacts("Begin a file that comes in parts.", body: "UploadQuestion", answer: "Upload"),
                uploads.create),
            Entry(
                .post, "/v1/uploads/{upload}/parts",
                RouteFacts("Add a part.", body: "PartForm", isForm: true, answer: "Part"), uploads.addPart),
            Entry(
                .post, "/v1/uploads/{upload}/complete",
                RouteFacts("Make a file of the parts.", body: "CompleteQuestion", answer: "Upload"), uploads.complete),
            Entry(
                .post, "/v1/uploads/{upload}/cancel", RouteFacts("Forget the parts.", answer: "Upload"), uploads.cancel),
        ]
    }

    static func jobs(_ jobs: JobRoutes) -> [Entry] {
        let page: [RouteFacts.Query] = [.text("after"), .limit(100)]
        let path = "/v1/fine_tuning/jobs"
        return [
            Entry(.post, path, RouteFacts("Queue a job.", body: "JobQuestion", answer: "Job"), jobs.create),
            Entry(.get, path, RouteFacts("The jobs, newest first.", query: page, answer: "Page"), jobs.list),
            Entry(.get, "\(path)/{job}", RouteFacts("One job.", answer: "Job"), jobs.get),
            Entry(.post, "\(path)/{job}/cancel", RouteFacts("End a job.", answer: "Job"), jobs.cancel),
            Entry(.post, "\(path)/{job}/pause", RouteFacts("Let a job rest.", answer: "Job"), jobs.pause),
            Entry(.post, "\(path)/{job}/resume", RouteFacts("Let it go on.", answer: "Job"), jobs.resume),
            Entry(
                .get, "\(path)/{job}/events",
                RouteFacts("What happened, newest first.", query: page, answer: "Page"), jobs.events),
            Entry(
                .get, "\(path)/{job}/checkpoints", RouteFacts("Its saved states.", query: page, answer: "Page"),
                jobs.checkpoints),
        ]
    }

    static func fineTunes(_ jobs: FineTuneRoutes) -> [Entry] {
        let path = "/v1/fine-tunes"
        return [
            Entry(
                .post, path, RouteFacts("Queue a job, the legacy way.", body: "FineTuneQuestion", answer: "FineTune"),
                jobs.create),
            Entry(.get, path, RouteFacts("The jobs, the legacy way.", answer: "Page"), jobs.list),
            Entry(.get, "\(path)/{job}", RouteFacts("One job.", answer: "FineTune"), jobs.get),
            Entry(
                .delete, "\(path)/{job}", RouteFacts("Forget a job that has ended.", answer: "Deleted"), jobs.delete),
            Entry(.post, "\(path)/{job}/cancel", RouteFacts("End a job.", answer: "FineTune"), jobs.cancel),
            Entry(
                .get, "\(path)/{job}/events",
                RouteFacts(
                    "What happened, oldest first.", query: [.choice("stream", ["true", "false"])], answer: "Page",
                    or: [RouteFacts.events]), jobs.events),
        ]
    }
}
