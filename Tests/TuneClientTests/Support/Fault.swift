/// What goes wrong with one request.
enum Fault: Hashable, Sendable {
    case none
    /// The connection is reset before the request is looked at.
    case resetAtOnce
    /// What was asked for is done, and the connection is reset, or ended, instead of an answer.
    case resetAfter, closeAfter
    /// The answer breaks off in the middle.
    case resetMidway, closeMidway
    /// Nothing comes, or nothing more.
    case stall, stallMidway
    case oneByteAtATime
    /// In chunks of one to three bytes, which cut characters and line ends.
    case smallChunks
    /// Something else is answered, and nothing done, or done all the same.
    case status(Int, [String: String], isDone: Bool)
    case page
    case endless
    case bomb
    case redirect(Int, String)

    /// One of all that there are.
    static func any(thief: String, own: String, using chance: inout Chance) -> Fault {
        let statuses = [408, 409, 429, 500, 502, 503]
        let headers: [[String: String]] = [
            [:], ["retry-after": "0"], ["retry-after-ms": "2"], ["retry-after": "Tue, 24 Nov 2020 17:00:00 GMT"],
            ["x-should-retry": "true"], ["x-should-retry": "false"], ["retry-after": "9999"], ["retry-after": "soon"],
        ]
        let targets = [
            thief, thief.replacing("http:", with: "https:"), "http://service.invalid/v1", own, "//", "::",
        ]
        switch Int.random(in: 0..<16, using: &chance) {
        case 0: return .resetAtOnce
        case 1: return .resetAfter
        case 2: return .closeAfter
        case 3: return .resetMidway
        case 4: return .closeMidway
        case 5: return .stall
        case 6: return .stallMidway
        case 7: return .oneByteAtATime
        case 8: return .smallChunks
        case 9: return .page
        case 10: return .endless
        case 11: return .bomb
        case 12:
            return .redirect(
                [301, 302, 303, 307, 308].randomElement(using: &chance)!, targets.randomElement(using: &chance)!)
        default:
            // What was not taken for want of room is not done; all else may have been.
            let status = statuses.randomElement(using: &chance)!
            return .status(
                status, headers.randomElement(using: &chance)!, isDone: status != 429 && chance.happens(0.5))
        }
    }
}
