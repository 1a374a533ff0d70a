import TuneControl
import TuneModel

/// What the fields of the form are called.
struct LaunchWords {
    let caption: Wording
    /// Said in an empty field.
    let blank: Wording
    /// Said beside a short field.
    let hint: Wording
    let isShort: Bool

    init(_ name: Launch.Field.Name) {
        switch name {
        case .place:
            self.init(
                Wording("run at", "运行位置"), blank: Wording("local", "local"),
                hint: Wording("local or a service: Ctrl-N", "本机（local）或服务：Ctrl-N"))
        case .base: self.init(Wording("base model", "基础模型"), isShort: false)
        case .second:
            self.init(
                Wording("second model", "第二个模型"), blank: Wording("none; a second job, to compare", "无；填写后另启任务以供比较"),
                isShort: false)
        case .training: self.init(Wording("training file", "训练文件"), isShort: false)
        case .validation: self.init(Wording("validation file", "验证文件"), blank: Wording("none", "无"), isShort: false)
        case .split:
            self.init(
                Wording("held out", "留作验证"), blank: Wording("none", "无"),
                hint: Wording("0.1 holds out a tenth", "0.1 表示留出十分之一"))
        case .suffix: self.init(Wording("name", "名称"), blank: Wording("from the file", "取自文件名"), isShort: false)
        case .steps:
            self.init(
                Wording("steps, at most", "最多步数"), blank: Wording("all", "全部"),
                hint: Wording("200 for a first try, nothing for all", "首次尝试 200 步，留空为全部"))
        case .epochs:
            self.init(Wording("epochs", "遍数"), hint: Wording("passes over the data", "遍历数据的次数"))
        case .batch:
            self.init(
                Wording("batch size", "批大小"), blank: Wording("by the data", "按数据量"),
                hint: Wording("examples in one batch", "每批的样本数"))
        case .learningRate:
            self.init(Wording("learning rate", "学习率"), hint: Wording("smaller is slower and steadier", "越小越慢也越稳"))
        case .multiplier:
            self.init(
                Wording("rate multiplier", "学习率倍数"), blank: Wording("by the service", "由服务决定"),
                hint: Wording("of the service's learning rate", "相对服务的学习率"))
        case .rank:
            self.init(Wording("LoRA rank", "LoRA 秩"), hint: Wording("how much can be learned", "可学习的容量"))
        case .seed:
            self.init(Wording("seed", "随机种子"), hint: Wording("the same seed gives the same model", "种子相同，模型相同"))
        default: self.init(advanced: name)
        }
    }

    private init(advanced name: Launch.Field.Name) {
        let none = Wording("none", "无")
        switch name {
        case .method:
            self.init(
                Wording("method", "方法"), blank: Wording("by the data", "按数据"),
                hint: Wording("supervised, or dpo for preferences", "supervised，偏好数据用 dpo"))
        case .tuning:
            self.init(
                Wording("what is trained", "训练对象"), blank: Wording("lora", "lora"),
                hint: Wording("lora, or full for every weight", "lora，或 full 训练全部权重"))
        case .beta:
            self.init(
                Wording("DPO beta", "DPO beta"), blank: Wording("0.1", "0.1"),
                hint: Wording("larger stays nearer to the base", "越大越接近基础模型"))
        case .alpha:
            self.init(
                Wording("LoRA alpha", "LoRA alpha"), blank: Wording("twice the rank", "秩的两倍"),
                hint: Wording("weight of the adapter", "适配器的权重"))
        case .dropout:
            self.init(
                Wording("LoRA dropout", "LoRA 丢弃率"), blank: none,
                hint: Wording("0.05 against memorising", "0.05 可减轻死记硬背"))
        case .targets:
            self.init(
                Wording("layers", "训练的层"), blank: Wording("all", "全部"),
                hint: Wording("with commas: q,k,v,o,gate,up,down", "以逗号分隔：q,k,v,o,gate,up,down"))
        case .rankStabilized:
            self.init(
                Wording("rsLoRA", "rsLoRA"), blank: Wording("false", "false"),
                hint: Wording("true scales by alpha / √rank", "true 按 alpha / √秩 缩放"))
        case .schedule:
            self.init(
                Wording("schedule", "学习率变化"), blank: Wording("cosine", "cosine"),
                hint: Wording("cosine, linear or constant", "cosine、linear 或 constant"))
        case .warmup:
            self.init(
                Wording("warm-up", "预热"), blank: Wording("0.03", "0.03"), hint: Wording("share of the steps", "占总步数的比例")
            )
        case .accumulation:
            self.init(
                Wording("batches a step", "每步批数"), blank: Wording("1", "1"),
                hint: Wording("gradients added up before an update", "累积这么多批梯度再更新"))
        case .decay:
            self.init(Wording("weight decay", "权重衰减"), blank: none, hint: Wording("0.01 is common", "常用 0.01"))
        case .clip:
            self.init(
                Wording("gradient clip", "梯度裁剪"), blank: Wording("1", "1"),
                hint: Wording("largest norm; 0 does not clip", "范数上限；0 不裁剪"))
        case .noise:
            self.init(Wording("NEFTune noise", "NEFTune 噪声"), blank: none, hint: Wording("5 is common", "常用 5"))
        case .promptWeight:
            self.init(
                Wording("prompt weight", "提示权重"), blank: Wording("0", "0"),
                hint: Wording("0 learns the answers only", "0 只学习回答"))
        case .evalSteps:
            self.init(
                Wording("validate every", "验证间隔"), blank: Wording("a tenth", "十分之一"),
                hint: Wording("steps between two validations", "两次验证之间的步数"))
        case .patience:
            self.init(
                Wording("patience", "耐心"), blank: Wording("never stops early", "不提前停止"),
                hint: Wording("validations without progress", "允许没有进步的验证次数"))
        case .samples:
            self.init(
                Wording("sample prompts", "示例提示"), blank: Wording("none; several are parted by |", "无；多个之间用 | 分隔"),
                isShort: false)
        case .memory:
            self.init(
                Wording("memory limit", "内存上限"), blank: Wording("by the machine", "按机器"), hint: Wording("MB", "MB"))
        default: preconditionFailure("no words for \(name.rawValue)")
        }
    }

    private init(
        _ caption: Wording, blank: Wording = Wording("by default", "默认"), hint: Wording = Wording("", ""),
        isShort: Bool = true
    ) {
        self.caption = caption
        self.blank = blank
        self.hint = hint
        self.isShort = isShort
    }
}

extension Launch.Field.Name {
    var isPath: Bool { self == .training || self == .validation }
}
