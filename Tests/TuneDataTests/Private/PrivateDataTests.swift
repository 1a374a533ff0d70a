import Testing

@testable import TuneData

/// Made-up values in the forms of real ones; they are put together here so that no scanner of sources takes them for
/// leaks.
struct PrivateDataTests {
    private func found(_ text: String) -> [String] {
        var found: [String] = []
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            PrivateDataScan.forEach(in: bytes) { data in
                found.append("\(data.kind.rawValue) " + String(decoding: bytes[data.range], as: UTF8.self))
            }
        }
        return found
    }

    private func kinds(_ text: String) -> [String] { found(text).map { String($0.split(separator: " ")[0]) } }

    private static let random = "a8Kd03mfQ7Zx1pLw9Bt5Ry2Hc6Vn4Js0Eg8Tu3Qi7Wo1"

    private static let keys: [String] =
        [
            ("sk-", 46), ("sk-proj-", 46), ("ghp_", 36), ("xoxb-2345678901-", 24), ("AIza", 35), ("hf_", 34),
            ("glpat-", 20),
            ("LTAI", 20), ("sk_live_", 24),
        ].map { (prefix: String, length: Int) -> String in prefix + random.prefix(length) } + [
            "AKIA" + "2E4KQ7RZT5WXM3NB"
        ]

    @Test(arguments: keys)
    func findsKeysOfServices(_ key: String) {
        #expect(found("use \(key), please") == ["secret \(key)"])
        #expect(found("KEY=\"\(key)\"") == ["secret \(key)"])
        #expect(found("密钥是\(key)。") == ["secret \(key)"])
    }

    @Test func findsTokensPrivateKeysAndPasswords() {
        let token = "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0In0." + Self.random.prefix(43)
        #expect(kinds("Bearer \(token)") == ["secret"])
        #expect(kinds("-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----") == ["secret"])
        #expect(found("postgres://anna:t0psecretx@db.firm.net/x") == ["secret t0psecretx"])
    }

    @Test(arguments: [
        "sk-learn is a library; ask-me-anything", "sk-" + String(repeating: "x", count: 48), "AKIAIOSFODNN7",
        "ghp_short",
        "the risk-averse desk-bound task-oriented-and-well-organised-committee-of-many", "eyJust a word. eyJoke. end",
        "http://localhost:8080/a@b", "https://user:password@host.net/", "-----BEGIN PUBLIC KEY-----",
        "hf_model_name_base",
        "a------------------------b", "std::vector<int>::iterator",
    ])
    func leavesOtherWordsAlone(_ text: String) {
        #expect(found(text) == [])
    }

    @Test func findsAddressesOfEMail() {
        #expect(found("write to Anna.Meier+x@mail.firma.de.") == ["email Anna.Meier+x@mail.firma.de"])
        #expect(found("邮箱：zhang_san@163.com，谢谢") == ["email zhang_san@163.com"])
        for text in [
            "me@example.com", "a@b", "@user", "git@github.com:x/y.git", "x @ y.com", "3@4.5", "cost @ 5.00",
            "n@host.test",
            "user@localhost", "@media.print",
        ] { #expect(found(text) == [], "\(text)") }
    }

    @Test func findsTelephoneNumbers() {
        #expect(found("手机13812345678，回电") == ["phone 13812345678"])
        #expect(kinds("+86 138-1234-5679") == ["phone"])
        #expect(kinds("138 1234 5678") == ["phone"])
        #expect(kinds("call +49 30 901820") == ["phone"])
        #expect(kinds("(202) 456-1111 or 202-456-1414") == ["phone", "phone"])
        for text in [
            "12812345678", "138123456789", "0.13812345678", "1381234567", "555-0123", "212-555-0123", "2024-01-02",
            "+1 +2 +3", "1000000 2000000", "17 18 19 20", "x13812345678", "+++123", "19999999999",
        ] { #expect(found(text) == [], "\(text)") }
    }

    @Test func findsIdentityNumbersThatPassTheirChecksum() {
        #expect(found("证号11010519491231002X。") == ["idNumber 11010519491231002X"])
        #expect(found("440524188001010014") == [])  // born in 1880
        #expect(found("110105194912310021") == [])  // another check digit
        #expect(found("11010519491331002X") == [])  // a thirteenth month
    }

    @Test func findsCardsThatPassTheirChecksum() {
        #expect(kinds("4539 1488 0343 6467") == ["card"])
        #expect(kinds("card 4539148803436467.") == ["card"])
        #expect(kinds("4539-1488-0343-6467") == ["card"])
        for text in [
            "4539148803436468", "4111111111111111", "1234567890123456", "4539 14880343 6467", "0000000000000000",
        ] {
            #expect(found(text) == [], "\(text)")
        }
    }

    @Test func findsAddressesOfMachinesThatOthersCanReach() {
        #expect(found("ping 8.8.4.4 then 123.45.67.89") == ["network 123.45.67.89"])
        for text in [
            "192.168.1.200", "127.0.0.1", "1.2.3.4", "version 5.10.0.132-1", "256.1.1.1", "1.2.3.144.5",
            "203.0.113.200",
        ] {
            #expect(found(text) == [], "\(text)")
        }
    }

    @Test func neverShowsAWholeSecret() {
        for (text, length) in [("sk-" + Self.random, 6), ("13812345678", 3), ("11010519491231002X", 4)] {
            Array(text.utf8).withUnsafeBufferPointer { bytes in
                PrivateDataScan.forEach(in: bytes) { data in
                    let masked = data.masked(in: bytes)
                    #expect(masked.count <= length + 1)
                    #expect(masked.contains("…"))
                }
            }
        }
    }
}
