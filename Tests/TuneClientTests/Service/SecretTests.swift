import Testing
import TuneClient

@Suite struct SecretTests {
    private let secret = Secret("sk-canary\n")

    @Test func neverPrints() {
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("canary"), "\(text)")
        }
    }

    @Test func theLineEndOfAKeyFileIsNoPartOfIt() {
        #expect(secret.revealed() == "sk-canary")
    }

    @Test func itsMentionsAreHidden() {
        #expect(secret.redacting("Bearer sk-canary was refused") == "Bearer ••• was refused")
        #expect(Secret("").redacting("as it was") == "as it was")
    }
}
