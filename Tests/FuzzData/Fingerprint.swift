/// Stands in for the SHA-256 of a file, which nothing that is fuzzed asks for: the library it comes from is not built
/// for the fuzzer.
final class Fingerprint: Sendable {
    init(of file: SourceFile, isCancelled: @escaping @Sendable () -> Bool) {}
    func text() throws(DataError) -> String { "" }
    static func text(of text: String) -> String { text }
}
