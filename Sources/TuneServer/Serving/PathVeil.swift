/// Keeps the places of files out of what clients are told.
enum PathVeil {
    /// Takes known folders out, and of any other absolute path leaves the last part.
    static func veil(_ text: String, _ folders: [String]) -> String {
        var text = text
        for folder in folders.sorted(by: { $0.count > $1.count }) where folder.count > 1 {
            text = text.replacing(folder + "/", with: "").replacing(folder, with: "…")
        }
        return text.replacing(/(^|[^A-Za-z0-9_.~:\/])\/(?:[^\s\/:,;`"'，。；：）]+\/)+([^\s\/:,;`"'，。；：）]*)/) { match in
            match.output.1 + match.output.2
        }
    }
}
