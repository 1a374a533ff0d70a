import Foundation
public import TuneModel

extension Connect.State {
    /// The service that the form describes, or the first row that cannot be taken.
    public var request: Result<NewService, Connect.Fault> {
        Result { () throws(Connect.Fault) -> NewService in
            guard let name = ServiceName(name.text.trimmed) else {
                throw Connect.Fault(
                    row: .name,
                    text: Wording(
                        "Up to 32 small letters, digits, - and _, beginning with a letter; not “local”.",
                        "以小写字母开头，可含小写字母、数字、- 和 _，最多 32 个字符；不能是“local”。"))
            }
            guard !taken.contains(name) else {
                throw Connect.Fault(
                    row: .name, text: Wording("There is a service of this name already.", "已有同名的服务。"))
            }
            return NewService(name: name, address: try checkedAddress(), key: try keySource())
        }
    }

    // MARK: -

    private func checkedAddress() throws(Connect.Fault) -> String {
        let text = address.text.trimmed
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host, !host.isEmpty, !text.contains(where: \.isWhitespace)
        else {
            throw Connect.Fault(
                row: .address,
                text: Wording("An address such as https://api.openai.com/v1.", "地址应类似 https://api.openai.com/v1。"))
        }
        guard url.user == nil, url.password == nil, url.query == nil, url.fragment == nil else {
            throw Connect.Fault(
                row: .address,
                text: Wording(
                    "Leave user, password and query out; the key has its own place.", "请去掉用户名、密码和查询参数；密钥另有位置。"))
        }
        let isNear = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard scheme == "https" || isNear || source == .none else {
            throw Connect.Fault(
                row: .address,
                text: Wording(
                    "Use https: over plain http anybody on the way could read the key.",
                    "请使用 https：明文 http 会让途中的任何人看到密钥。"))
        }
        return text
    }

    private func keySource() throws(Connect.Fault) -> NewService.KeySource {
        let text = value.text.trimmed
        if source != .none, text.isEmpty {
            throw Connect.Fault(row: .value, text: Wording("Where does the key come from?", "密钥来自哪里？"))
        }
        // A key that is pasted here by habit would end in the configuration, in plain sight.
        if source != .none, text.hasPrefix("sk-") || text.hasPrefix("Bearer ") {
            throw Connect.Fault(
                row: .value,
                text: Wording(
                    "This looks like the key itself. Say where it is kept: a key is never written down here.",
                    "这看起来是密钥本身。请填写密钥的存放位置：这里从不保存密钥。"))
        }
        switch source {
        case .none: return .none
        case .environment:
            guard text.first.map({ $0 == "_" || $0.isLetter }) == true,
                text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
            else {
                throw Connect.Fault(
                    row: .value,
                    text: Wording(
                        "The name of an environment variable, such as OPENAI_API_KEY.", "环境变量的名称，例如 OPENAI_API_KEY。"))
            }
            return .environment(text)
        case .file: return .file(text)
        case .command: return .command(text)
        }
    }
}
