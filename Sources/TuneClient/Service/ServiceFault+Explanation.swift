public import TuneModel

extension ServiceFault {
    public var explanation: Explanation {
        switch self {
        case .unreachable, .timedOut, .stalled, .cutOff, .jobUncertain, .rateLimited, .serverBroken, .brokenStream:
            passingExplanation
        case .badAddress, .badProxy, .badCertificateFile, .keyInTheOpen, .certificateRefused, .redirectRefused:
            configurationExplanation
        case .unreadableFile, .unwritableFile, .unsupported: ownExplanation
        case .refusedKey, .forbidden, .notFound, .refused, .notThisProtocol, .badAnswer, .answerTooLarge, .withheld:
            answerExplanation
        }
    }

    private var passingExplanation: Explanation {
        switch self {
        case .unreachable(let host, let reason):
            Explanation(
                Wording("\(host) cannot be reached: \(reason.english).", "无法连接 \(host)：\(reason.chinese)。"),
                next: Wording("Check the network and the service's address.", "请检查网络和服务地址。"))
        case .timedOut(let host, let seconds):
            Explanation(
                Wording(
                    "\(host) did not finish within \(Self.text(seconds)) s.",
                    "\(host) 未能在 \(Self.text(seconds)) 秒内完成。"),
                next: Wording("Try again later.", "请稍后重试。"))
        case .stalled(let host):
            Explanation(
                Wording("\(host) has fallen silent in the middle of an answer.", "\(host) 在应答途中不再发送数据。"),
                next: Wording("Try again; check the network.", "请重试，并检查网络。"))
        case .cutOff(let host):
            Explanation(
                Wording("The connection to \(host) broke off.", "与 \(host) 的连接中断。"),
                next: Wording("Try again; check the network.", "请重试，并检查网络。"))
        case .jobUncertain(let host):
            Explanation(
                Wording(
                    "The connection to \(host) broke off, and it is not known whether the job was made.",
                    "与 \(host) 的连接中断，无法确认任务是否已创建。"),
                next: Wording(
                    "Look at the list of its jobs before you start it again.", "重新开始之前，请先查看该服务的任务列表。"))
        case .rateLimited(let wait, let message):
            Explanation(
                Wording("The service takes no more requests for now: \(message)", "服务暂时不接受更多请求：\(message)"),
                next: wait.map {
                    Wording("Try again in \(Self.text($0)) s.", "请在 \(Self.text($0)) 秒后重试。")
                } ?? Wording("Try again later; check the account's limits.", "请稍后重试，并检查账户的限额。"))
        case .serverBroken(let status, let message):
            Explanation(
                Wording("The service failed (\(status)): \(message)", "服务出错（\(status)）：\(message)"),
                next: Wording("Try again later.", "请稍后重试。"))
        case .brokenStream(let message):
            Explanation(
                Wording("The service ended its answer with an error: \(message)", "服务以错误结束了应答：\(message)"),
                next: Wording("Try again.", "请重试。"))
        default: preconditionFailure("explained elsewhere")
        }
    }

    private var configurationExplanation: Explanation {
        switch self {
        case .badAddress(let text):
            Explanation(
                Wording("\(text) is not the address of a service.", "\(text) 不是服务的地址。"),
                next: Wording(
                    "Give one like https://api.openai.com/v1 as `base_url`.",
                    "请在 `base_url` 中填写类似 https://api.openai.com/v1 的地址。"))
        case .badProxy:
            Explanation(
                Wording("The proxy's address cannot be read.", "无法识别代理地址。"),
                next: Wording(
                    "Give one like http://user:password@host:port in HTTPS_PROXY or HTTP_PROXY.",
                    "请在 HTTPS_PROXY 或 HTTP_PROXY 中填写类似 http://用户:密码@主机:端口 的地址。"))
        case .badCertificateFile(let path):
            Explanation(
                Wording("\(path) holds no certificates that can be read.", "\(path) 中没有可读取的证书。"),
                next: Wording("Give a PEM file.", "请提供 PEM 文件。"))
        case .keyInTheOpen(let host):
            Explanation(
                Wording(
                    "The key would go to \(host) over plain http, where others can read it; it was not sent.",
                    "密钥将以明文 http 发往 \(host)，可能被他人读取；因此没有发送。"),
                next: Wording("Give an address that begins with https.", "请使用以 https 开头的地址。"))
        case .certificateRefused(let host, let reason):
            Explanation(
                Wording(
                    "The certificate of \(host) is not trusted: \(reason.english).",
                    "\(host) 的证书不受信任：\(reason.chinese)。"),
                next: Wording(
                    "If it is your own, name its authority's PEM file as `ca_file`.",
                    "如果是您自己的证书，请在 `ca_file` 中指定其颁发机构的 PEM 文件。"))
        case .redirectRefused(let target):
            Explanation(
                Wording(
                    "The service sends on to \(target), where the request must not be carried.",
                    "服务要求转到 \(target)，请求不能转发到该处。"),
                next: Wording(
                    "If that is the right place, make it the service's address.", "如果该地址正确，请将其设为服务地址。"))
        default: preconditionFailure("explained elsewhere")
        }
    }

    private var ownExplanation: Explanation {
        switch self {
        case .unsupported(let part):
            Explanation(
                Wording(
                    "The service's form of the protocol has no place for `\(part)`.", "该服务的协议形式不支持 `\(part)`。"),
                next: Wording("Leave it out, or choose another service.", "请省略该项，或选择其他服务。"))
        case .unreadableFile(let path, let reason):
            Explanation(
                Wording("\(path) cannot be read: \(reason.english).", "无法读取 \(path)：\(reason.chinese)。"),
                next: Wording("Check the path and its permissions.", "请检查路径及其权限。"))
        case .unwritableFile(let path, let reason):
            Explanation(
                Wording("\(path) cannot be written: \(reason.english).", "无法写入 \(path)：\(reason.chinese)。"),
                next: Wording("Check the folder, its permissions and the free space.", "请检查文件夹、权限和可用空间。"))
        default: preconditionFailure("explained elsewhere")
        }
    }

    private var answerExplanation: Explanation {
        switch self {
        case .refusedKey(let service, let message):
            Explanation(
                Wording("\(service) does not accept the key: \(message)", "\(service) 不接受该密钥：\(message)"),
                next: Wording(
                    "Check where `config.toml` takes the key of this service from.", "请检查 `config.toml` 中该服务密钥的来源。"))
        case .forbidden(let message):
            Explanation(
                Wording("The key is not allowed to do this: \(message)", "该密钥无权执行此操作：\(message)"),
                next: Wording("Check the project and the key's permissions.", "请检查项目和密钥的权限。"))
        case .notFound(let message):
            Explanation(
                Wording("The service has no such thing: \(message)", "服务上没有该对象：\(message)"),
                next: Wording("Check the name, and which service is asked.", "请检查名称以及所询问的服务。"))
        case .refused(let status, let message, _, let parameter):
            Explanation(
                Wording("The service refused (\(status)): \(message)", "服务拒绝了请求（\(status)）：\(message)"),
                next: parameter.map { Wording("Change `\($0)`.", "请修改 `\($0)`。") }
                    ?? Wording("Change what the message names.", "请按提示修改请求。"))
        case .notThisProtocol(let host):
            Explanation(
                Wording(
                    "What answers at \(host) does not speak the OpenAI protocol.", "\(host) 的应答不符合 OpenAI 协议。"),
                next: Wording(
                    "Check `base_url`, and whether this network asks for a login.", "请检查 `base_url`，以及当前网络是否需要登录。"))
        case .badAnswer(let host, let detail):
            Explanation(
                Wording("\(host) gave a damaged answer: \(detail.english).", "\(host) 返回了损坏的应答：\(detail.chinese)。"),
                next: Wording("Try again.", "请重试。"))
        case .answerTooLarge(let limit):
            Explanation(
                Wording(
                    "The answer is larger than \((limit >> 20).grouped) MB, the most that is taken.",
                    "应答超过 \((limit >> 20).grouped) MB 的上限。"),
                next: Wording("Ask for less, or save it to a file.", "请缩小请求范围，或保存到文件。"))
        case .withheld:
            Explanation(
                Wording("The service's content filter stopped the answer.", "服务的内容过滤器中止了回答。"),
                next: Wording("Ask in other words.", "请换一种问法。"))
        default: preconditionFailure("explained elsewhere")
        }
    }

    private static func text(_ seconds: Double) -> String {
        Int(exactly: seconds.rounded()).map { $0 == 0 ? "1" : $0.grouped } ?? "\(seconds)"
    }
}
