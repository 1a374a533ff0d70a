/// A template's parts, as the parser understands them.
indirect enum JinjaExpression {
    case literal(JinjaValue)
    case name(String)
    case array([JinjaExpression])
    case dictionary([(JinjaExpression, JinjaExpression)])
    case attribute(JinjaExpression, String)
    case item(JinjaExpression, JinjaExpression)
    case slice(JinjaExpression, from: JinjaExpression?, to: JinjaExpression?, by: JinjaExpression?)
    case call(JinjaExpression, JinjaCall)
    case filter(JinjaExpression, String, JinjaCall)
    case test(JinjaExpression, String, JinjaCall)
    case not(JinjaExpression)
    case negative(JinjaExpression)
    case and(JinjaExpression, JinjaExpression)
    case or(JinjaExpression, JinjaExpression)
    case binary(String, JinjaExpression, JinjaExpression)
    /// Without a last part it is undefined where the condition does not hold.
    case conditional(JinjaExpression, if: JinjaExpression, else: JinjaExpression?)
}

/// The arguments of a call.
struct JinjaCall {
    var places: [JinjaExpression] = []
    var names: [(String, JinjaExpression)] = []
}

indirect enum JinjaStatement {
    case text(String)
    case output(JinjaExpression)
    case condition([(JinjaExpression, [JinjaStatement])], otherwise: [JinjaStatement])
    case loop(JinjaLoop)
    case set([String], JinjaExpression)
    case setAttribute(String, String, JinjaExpression)
    case setBlock(String, [JinjaStatement])
    case macro(JinjaMacro)
    case breakLoop
    case continueLoop
}

struct JinjaLoop {
    let targets: [String]
    let elements: JinjaExpression
    let condition: JinjaExpression?
    let body: [JinjaStatement]
    let otherwise: [JinjaStatement]
}

struct JinjaMacro {
    let name: String
    /// With what each is where a call leaves it out.
    let parameters: [(String, JinjaExpression?)]
    let body: [JinjaStatement]
}
