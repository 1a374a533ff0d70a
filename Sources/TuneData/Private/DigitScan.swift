/// Numbers that belong to a person or a machine: cards, identity cards, telephones, network addresses.
enum DigitScan {
    /// One that begins with the digit at a place, which begins a word.
    static func found(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> PrivateData? {
        // Alone it is nothing; behind a point or a sign it is part of another number.
        guard start + 6 < text.count,
            text[start + 1].isDigit || text[start + 1] == UInt8(ascii: ".")
                || text[start + 1] == UInt8(ascii: "-") || text[start + 1] == 0x20
        else { return nil }
        if start > 0, ".,$#=/\\".utf8.contains(text[start - 1]) { return nil }
        if let end = address(at: start, in: text) { return PrivateData(kind: .network, range: start..<end) }
        guard let run = Run(at: start, in: text) else { return nil }
        if run.separators == 0, isID(run, in: text) {
            return PrivateData(kind: .idNumber, range: start..<run.end + run.x)
        }
        guard run.x == 0 else { return nil }
        if isCard(run) { return PrivateData(kind: .card, range: start..<run.end) }
        if isChineseMobile(run) || isNorthAmerican(run) { return PrivateData(kind: .phone, range: start..<run.end) }
        return nil
    }

    /// A telephone number that begins with `+` or a bracket.
    static func phone(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> PrivateData? {
        guard start + 1 < text.count, text[start + 1].isDigit, start == 0 || !text[start - 1].isWord else { return nil }
        if text[start] == UInt8(ascii: "+") {
            guard let run = Run(at: start + 1, in: text, brackets: true), run.x == 0,
                (9...15).contains(run.digits.count),
                run.digits[0] != 0, Set(run.digits).count > 2
            else { return nil }
            return PrivateData(kind: .phone, range: start..<run.end)
        }
        // (202) 456-1111
        guard start + 4 < text.count, text[start + 4] == UInt8(ascii: ")") else { return nil }
        var next = start + 5
        if next < text.count, text[next] == 0x20 { next += 1 }
        guard let area = Run(at: start + 1, in: text), area.digits.count == 3, next < text.count, text[next].isDigit,
            let rest = Run(at: next, in: text), rest.x == 0, rest.groups == [3, 4]
        else { return nil }
        return isNorthAmerican(area.digits + rest.digits) ? PrivateData(kind: .phone, range: start..<rest.end) : nil
    }

    // MARK: -

    /// Digits in a row, single spaces or hyphens between groups of them.
    private struct Run {
        static let limit = 24

        var digits: [UInt8] = []
        var groups: [Int] = []
        var separators = 0
        var end: Int
        /// 1 when an X follows, as at the end of some identity numbers.
        var x = 0

        init?(at start: Int, in text: UnsafeBufferPointer<UInt8>, brackets: Bool = false) {
            end = start
            var at = start
            var group = 0
            var separator: UInt8?
            while at < text.count {
                let byte = text[at]
                if byte.isDigit {
                    guard digits.count < Self.limit else { return nil }
                    digits.append(byte & 15)
                    group += 1
                    at += 1
                    end = at
                    continue
                }
                let isBracket = brackets && (byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")"))
                guard byte == 0x20 || byte == UInt8(ascii: "-") || isBracket, at + 1 < text.count,
                    text[at + 1].isDigit || (brackets && !isBracket && text[at + 1] == UInt8(ascii: "("))
                        || (isBracket && text[at + 1] == 0x20)
                else { break }
                // All groups are set apart in the same way.
                if !brackets, let separator, separator != byte { break }
                separator = byte
                separators += 1
                if group > 0 { groups.append(group) }
                group = 0
                at += 1
            }
            if group > 0 { groups.append(group) }
            guard !digits.isEmpty else { return nil }
            guard end < text.count else { return }
            let next = text[end]
            if next | 0x20 == UInt8(ascii: "x"), end + 1 == text.count || !text[end + 1].isWord {
                x = 1
            } else if next.isWord || (next == UInt8(ascii: ".") && end + 1 < text.count && text[end + 1].isDigit)
                || next == UInt8(ascii: "%")
            {
                return nil
            }
        }
    }

    /// A Chinese resident identity number: region, birthday, serial number, check digit (GB 11643, ISO 7064 MOD 11-2).
    private static func isID(_ run: Run, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = run.digits
        guard digits.count + run.x == 18, (1...8).contains(digits[0]) else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) } }
        guard (1900...2035).contains(number(6..<10)), (1...12).contains(number(10..<12)),
            (1...31).contains(number(12..<14))
        else { return false }
        var sum = 0
        var weight = 1
        for digit in digits[..<17].reversed() {
            weight = weight * 2 % 11
            sum += Int(digit) * weight
        }
        let check = (12 - sum % 11) % 11
        return check == 10 ? run.x == 1 : run.x == 0 && Int(digits[17]) == check
    }

    /// A payment card: the first digits of an issuer, groups as printed, Luhn's checksum.
    private static func isCard(_ run: Run) -> Bool {
        let digits = run.digits
        let isGrouped =
            run.groups.count == 1 || run.groups == [4, 4, 4, 4] || run.groups == [4, 6, 5]
            || run.groups == [4, 4, 4, 4, 3]
        guard isGrouped, Set(digits).count > 3 else { return false }
        let two = digits.count > 1 ? Int(digits[0]) * 10 + Int(digits[1]) : 0
        let isIssued =
            switch (digits[0], digits.count) {
            case (4, 16), (4, 13): true
            case (5, 16): (51...55).contains(two)
            case (2, 16): (22...27).contains(two)
            case (3, 15): two == 34 || two == 37
            case (3, 16): two == 35
            case (6, 16...19): two == 62 || two == 65 || two == 60
            default: false
            }
        guard isIssued else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
            sum += value > 9 ? value - 9 : value
        }
        return sum % 10 == 0 && !sampleCards.contains(digits.map { "\($0)" }.joined())
    }

    /// What every manual of payments shows.
    private static let sampleCards: Set<String> = [
        "4111111111111111", "4242424242424242", "4012888888881881", "5555555555554444", "5105105105105100",
        "378282246310005", "371449635398431", "6011111111111117", "6011000990139424", "3530111333300000",
    ]

    private static func isChineseMobile(_ run: Run) -> Bool {
        var digits = run.digits[...]
        var groups = run.groups[...]
        if digits.count == 13, digits.starts(with: [8, 6]), groups.count == 1 || groups.first == 2 {
            digits = digits.dropFirst(2)
            groups = groups.count == 1 ? [11] : groups.dropFirst()
        }
        guard digits.count == 11, digits[digits.startIndex] == 1, (3...9).contains(digits[digits.startIndex + 1]),
            Set(digits).count > 3
        else { return false }
        return groups.count == 1 || Array(groups) == [3, 4, 4]
    }

    private static func isNorthAmerican(_ run: Run) -> Bool {
        if run.groups == [3, 3, 4] { return isNorthAmerican(run.digits) }
        return run.groups == [1, 3, 3, 4] && run.digits[0] == 1 && isNorthAmerican(Array(run.digits.dropFirst()))
    }

    /// Area and exchange begin with 2 to 9; 555-0100 to 555-0199 are kept for stories.
    private static func isNorthAmerican(_ digits: [UInt8]) -> Bool {
        guard digits.count == 10, digits[0] > 1, digits[3] > 1, Set(digits).count > 3 else { return false }
        return !(digits[3...5].allSatisfy { $0 == 5 } && digits[6] == 0 && digits[7] == 1)
    }

    /// The end of an IPv4 address that others can reach; nil where none begins. Versions such as `1.2.3.4` are none.
    private static func address(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var parts: [Int] = []
        var at = start
        while parts.count < 4 {
            var value = 0
            let first = at
            while at < text.count, text[at].isDigit, at - first < 4 {
                value = value * 10 + Int(text[at] & 15)
                at += 1
            }
            guard at > first, at - first < 4, value < 256, at - first == 1 || text[first] != UInt8(ascii: "0") else {
                return nil
            }
            parts.append(value)
            if parts.count < 4 {
                guard at < text.count, text[at] == UInt8(ascii: ".") else { return nil }
                at += 1
            }
        }
        if at < text.count, text[at].isWord || text[at] == UInt8(ascii: "-") { return nil }
        if at + 1 < text.count, text[at] == UInt8(ascii: "."), text[at + 1].isDigit { return nil }
        guard parts.contains(where: { $0 > 99 }) else { return nil }
        switch (parts[0], parts[1], parts[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _), (169, 254, _), (172, 16...31, _), (192, 168, _),
            (192, 0, 2), (198, 51, 100), (203, 0, 113):
            return nil
        default: return at
        }
    }
}
