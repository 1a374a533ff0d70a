/// Functions that every template can call.
enum JinjaFunctions {
    static func all() -> [String: JinjaValue] {
        [
            "raise_exception": function { arguments throws(JinjaFault) in throw .raised(arguments[0, "message"].written)
            },
            "namespace": function { arguments throws(JinjaFault) in
                .namespace(JinjaNamespace(JinjaObject(arguments.names)))
            },
            "dict": function { arguments throws(JinjaFault) in .object(JinjaObject(arguments.names)) },
            "range": function { arguments throws(JinjaFault) in
                let bounds = arguments.places.compactMap(\.asInteger)
                guard bounds.count == arguments.places.count, (1...3).contains(bounds.count) else {
                    throw .unknown("`range` of these")
                }
                let (start, end) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
                let step = bounds.count == 3 ? bounds[2] : 1
                guard step != 0, abs(Double(end) - Double(start)) / abs(Double(step)) <= 100_000 else {
                    throw .unknown("`range` of so many")
                }
                return .array(stride(from: start, to: end, by: step).map(JinjaValue.integer))
            },
            // The same day at all times: what a model learns must not depend on when it was trained. It is the day that
            // Llama's own templates name where they cannot ask.
            "strftime_now": function { arguments throws(JinjaFault) in .string(try day(arguments[0, "format"].written))
            },
        ]
    }

    private static func function(
        _ call: @escaping (JinjaArguments) throws(JinjaFault) -> JinjaValue
    ) -> JinjaValue { .function(JinjaFunction(call: call)) }

    /// 26 July 2024, a Friday, at noon.
    private static func day(_ format: String) throws(JinjaFault) -> String {
        let parts: [Character: String] = [
            "d": "26", "m": "07", "Y": "2024", "y": "24", "b": "Jul", "B": "July", "a": "Fri", "A": "Friday", "H": "12",
            "M": "00", "S": "00", "I": "12", "p": "PM", "j": "208", "%": "%",
        ]
        var (made, isMark) = ("", false)
        for character in format {
            if isMark {
                guard let part = parts[character] else { throw .unknown("`%\(character)` in a date") }
                made += part
                isMark = false
            } else if character == "%" {
                isMark = true
            } else {
                made.append(character)
            }
        }
        return made
    }
}
