import Testing

@testable import TuneServer

struct PathVeilTests {
    @Test(arguments: [
        (
            "The model a has lost its file /home/me/.local/share/tunedeck/models/a/model.gguf.",
            "The model a has lost its file model.gguf."
        ),
        ("/etc/passwd cannot be read", "passwd cannot be read"),
        ("see /work/x/worker.log, please", "see worker.log, please"),
        ("(/a/b/c)", "(c)"),
        ("no path here / at all, 3/4", "no path here / at all, 3/4"),
        ("http://127.0.0.1:8642/v1", "http://127.0.0.1:8642/v1"),
    ])
    func ofAPathTheLastPartIsLeft(_ text: String, _ veiled: String) {
        #expect(PathVeil.veil(text, []) == veiled)
    }

    @Test func knownFoldersAreTakenOutWhateverTheirNamesHold() {
        #expect(PathVeil.veil("x /my home/of data/jobs/a.csv y", ["/my home/of data"]) == "x jobs/a.csv y")
    }
}
