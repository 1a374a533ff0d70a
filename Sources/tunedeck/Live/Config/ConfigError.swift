import TuneModel

/// What can be wrong with `config.toml`.
enum ConfigError: ExplainedError, Equatable {
    case unreadable(path: String)
    case notTOML(path: String, line: Int, problem: String)
    case notATable(ConfigPlace)
    case notText(ConfigPlace)
    case notANumber(ConfigPlace)
    case notSeconds(ConfigPlace)
    case unknownKey(ConfigPlace, known: [String])
    case notAServiceName(ConfigPlace, String)
    case noAddress(ConfigPlace)
    case notAnAddress(ConfigPlace)
    case addressHoldsSecrets(ConfigPlace)
    case keyInConfig(ConfigPlace)
    case severalKeys(ConfigPlace, [String])
    case emptyCommand(ConfigPlace)
    case notADialect(ConfigPlace, String)

    var exitStatus: ExitStatus { .badData }

    var explanation: Explanation {
        switch self {
        case .unreadable(let path):
            Explanation(
                Wording("The settings in \(path) cannot be read.", "无法读取设置文件 \(path)。"),
                next: Wording("It has to be UTF-8 text that is yours to read.", "它必须是您有权读取的 UTF-8 文本。"))
        case .notTOML(let path, let line, let problem):
            Explanation(
                Wording("\(path), line \(line), is not TOML: \(problem).", "\(path) 第 \(line) 行不是 TOML：\(problem)。"),
                next: Self.mend)
        case .notATable(let place):
            Explanation(
                Wording(
                    "\(place): `\(place.key)` has to be a table, `[\(place.key)]`.",
                    "\(place)：`\(place.key)` 必须是一个表，即 `[\(place.key)]`。"), next: Self.mend)
        case .notANumber(let place):
            Explanation(
                Wording(
                    "\(place): `\(place.key)` has to be a number of dollars.", "\(place)：`\(place.key)` 必须是美元金额。"),
                next: Self.mend)
        case .notSeconds(let place):
            Explanation(
                Wording(
                    "\(place): `\(place.key)` has to be a number of seconds, more than 0 and at most a day.",
                    "\(place)：`\(place.key)` 必须是秒数，大于 0 且不超过一天。"), next: Self.mend)
        case .notText(let place):
            Explanation(
                Wording(
                    "\(place): `\(place.key)` has to be a text in quotes.", "\(place)：`\(place.key)` 必须是带引号的文本。"),
                next: Self.mend)
        case .unknownKey(let place, let known):
            Explanation(
                Wording("\(place): nothing is known of `\(place.key)`.", "\(place)：不认识 `\(place.key)`。"),
                next: Wording(
                    "There may stand: \(known.joined(separator: ", ")).", "这里可以写：\(known.joined(separator: "、"))。"))
        case .notAServiceName, .noAddress, .notAnAddress, .addressHoldsSecrets, .keyInConfig, .severalKeys,
            .emptyCommand, .notADialect:
            serviceExplanation
        }
    }

    private static let mend = Wording(
        "Mend the file, or move it away to go on with the defaults.", "请修正该文件，或把它移走以使用默认设置。")
}

extension ConfigError {
    /// Of what concerns services. A value that may hold a key is never repeated.
    private var serviceExplanation: Explanation {
        switch self {
        case .notAServiceName(let place, let name):
            Explanation(
                Wording("\(place): a service cannot be called `\(name)`.", "\(place)：服务不能叫 `\(name)`。"),
                next: Wording(
                    "Take small letters, digits, - and _, at most 32, a letter first; `local` is this machine.",
                    "请用小写字母、数字、- 和 _，最多 32 个字符，以字母开头；`local` 表示本机。"))
        case .noAddress(let place):
            Explanation(
                Wording("\(place): `\(place.key)` is missing.", "\(place)：缺少 `\(place.key)`。"),
                next: Wording(
                    "Write the service's address up to its version: base_url = \"https://host/v1\".",
                    "请写出服务地址，直到版本号：base_url = \"https://主机/v1\"。"))
        case .notAnAddress(let place):
            Explanation(
                Wording(
                    "\(place): `\(place.key)` is no http or https address.",
                    "\(place)：`\(place.key)` 不是 http 或 https 地址。"),
                next: Wording("It looks like https://host/v1.", "它的形式是 https://主机/v1。"))
        case .addressHoldsSecrets(let place):
            Explanation(
                Wording(
                    "\(place): `\(place.key)` holds a user, a password or a query, which would be shown with the address.",
                    "\(place)：`\(place.key)` 含有用户名、密码或查询参数，会随地址一起显示。"),
                next: Wording(
                    "Leave the bare address, and give the key by api_key_env, api_key_file or api_key_command.",
                    "请只保留地址，并用 api_key_env、api_key_file 或 api_key_command 给出密钥。"))
        case .keyInConfig(let place):
            Explanation(
                Wording(
                    "\(place): a key itself does not belong into this file, which is shown, copied and kept in versions.",
                    "\(place)：密钥本身不应写在此文件里，它会被查看、复制和存入版本库。"),
                next: Wording(
                    "Take it out, and name where it is: api_key_env = \"VARIABLE\", api_key_file = \"PATH\" (chmod 600) or api_key_command = \"COMMAND\". If others could read this file, make a new key.",
                    "请删去它，改写密钥所在：api_key_env = \"变量名\"、api_key_file = \"路径\"（chmod 600）或 api_key_command = \"命令\"。若他人可能读过此文件，请更换密钥。"
                ))
        case .severalKeys(let place, let keys):
            Explanation(
                Wording(
                    "\(place): `\(place.key)` names its key several times: \(keys.joined(separator: ", ")).",
                    "\(place)：`\(place.key)` 多次指定密钥：\(keys.joined(separator: "、"))。"),
                next: Wording("Leave one of them.", "请只保留一个。"))
        case .emptyCommand(let place):
            Explanation(
                Wording("\(place): `\(place.key)` is empty.", "\(place)：`\(place.key)` 为空。"),
                next: Wording("Write what it is to say, or take it out.", "请写上内容，或删去它。"))
        case .notADialect(let place, let word):
            Explanation(
                Wording(
                    "\(place): `\(place.key)`: there is no protocol `\(word)`.",
                    "\(place)：`\(place.key)`：没有协议 `\(word)`。"),
                next: Wording("There are: modern, legacy, auto.", "可选：modern、legacy、auto。"))
        case .unreadable, .notTOML, .notATable, .notText, .notANumber, .notSeconds, .unknownKey:
            explanation
        }
    }
}
