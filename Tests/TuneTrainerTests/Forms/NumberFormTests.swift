import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct NumberFormTests {
    private static let bounds: [(Int?, Int?)] = [
        (0, 9), (0, 10), (7, 7), (3, 1_104), (-5, 5), (-120, -99), (-1_000, 0), (1, nil), (nil, -1), (nil, 0),
        (-30, nil),
        (99, 101), (0, 0), (-9, 1_000), (nil, nil),
    ]

    @Test(arguments: bounds.indices) func wholeNumbersAreThoseBetweenTheBounds(_ index: Int) throws {
        let (low, high) = Self.bounds[index]
        var pairs = [SchemaValue.Pair(key: "type", value: .text("integer"))]
        if let low { pairs.append(.init(key: "minimum", value: .integer(low))) }
        if let high { pairs.append(.init(key: "maximum", value: .integer(high))) }
        let form = AnswerForm.schema(SchemaValue.object(pairs).json)
        let matcher = FormMatcher(try form.machine())
        for number in Array(-1_300...1_300) + [99_999, -99_999, 1_000_000] {
            let takes = matcher.isEnd(matcher.step(matcher.start, "\(number)".utf8))
            #expect(takes == (number >= low ?? .min && number <= high ?? .max), "\(number)")
        }
        for text in ["", "-", "01", "1.0", "1e2", "+1", "--1", " 1"] { #expect(try !form.takes(text)) }
    }

    private static let decimals: [String] = [
        #""minimum":0,"maximum":1"#, #""minimum":0.25,"maximum":0.75"#, #""minimum":-1.5,"maximum":2.25"#,
        #""exclusiveMinimum":0"#, #""exclusiveMinimum":0,"exclusiveMaximum":1"#, #""maximum":-0.5"#,
        #""minimum":12.34"#,
        #""exclusiveMaximum":0"#, #""minimum":3.1,"maximum":3.1"#, #""minimum":-2,"exclusiveMaximum":100"#,
        #""exclusiveMinimum":-0.1,"exclusiveMaximum":0.1"#, #""minimum":5,"maximum":5"#, #""maximum":0"#,
        #""exclusiveMinimum":99.5,"maximum":101.125"#,
    ]

    @Test(arguments: decimals) func numbersStayBetweenTheBounds(_ bounds: String) throws {
        let form = AnswerForm.schema("{\"type\":\"number\",\(bounds)}")
        let limits = try #require(
            try JSONSerialization.jsonObject(with: Data("{\(bounds)}".utf8)) as? [String: Double])
        func fits(_ number: Double) -> Bool {
            number >= limits["minimum"] ?? -.infinity && number <= limits["maximum"] ?? .infinity
                && number > limits["exclusiveMinimum"] ?? -.infinity
                && number < limits["exclusiveMaximum"] ?? .infinity
        }
        var source = SplitMix64(seed: 5)
        var seen: Set<String> = []
        for _ in 0..<400 {
            let text = try #require(try form.text(&source))
            #expect(fits(try #require(Double(text))), "\(text)")
            seen.insert(text)
        }
        #expect(!seen.isEmpty)
        // What is written with a few digits is found or not as it fits.
        for number in stride(from: -300, through: 300, by: 1) {
            let text = String(format: "%.2f", Double(number) / 100)
            if try form.takes(text) { #expect(fits(Double(number) / 100), "\(text)") }
        }
    }

    @Test func ordinaryNumbersBetweenBoundsAreTaken() throws {
        let form = AnswerForm.schema(#"{"type":"number","minimum":-1.5,"maximum":22.25}"#)
        for text in ["0", "-0.5", "-1", "1", "1.75", "22", "22.25", "22.2", "-1.5", "21.999999", "9.1"] {
            #expect(try form.takes(text), "\(text)")
        }
        for text in ["22.26", "-1.6", "23", "-2", "1e1", "100"] { #expect(try !form.takes(text), "\(text)") }
        let free = AnswerForm.schema(#"{"type":"number"}"#)
        for text in ["0", "-0.5", "-12.5e-3", "1E+9", "3.14159"] { #expect(try free.takes(text)) }
        for text in [".5", "1.", "1e", "NaN", "00"] { #expect(try !free.takes(text)) }
    }

    @Test func boundsWithTooManyDigitsAreNamed() {
        #expect(
            AnswerForm.schema(#"{"type":"number","minimum":0.123456789012}"#).fault == .keyword("minimum", at: "#"))
        #expect(AnswerForm.schema(#"{"type":"integer","maximum":1e30}"#).fault == .keyword("maximum", at: "#"))
        #expect(AnswerForm.schema(#"{"type":"integer","minimum":3,"maximum":2}"#).fault == .impossible(at: "#"))
    }
}
