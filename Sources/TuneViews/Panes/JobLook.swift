import TuneControl
import TuneModel

/// A job's status as a sign, a word and a role; never by colour alone.
struct JobLook {
    let glyph: String
    let role: Role
    let word: Wording

    init(_ status: JobStatus) {
        switch status {
        case .validatingFiles: self.init("◌", .muted, Wording("checking files", "检查文件"))
        case .queued: self.init("◷", .muted, Wording("queued", "排队中"))
        case .running: self.init("●", .accent, Wording("running", "运行中"))
        case .paused: self.init("‖", .warning, Wording("paused", "已暂停"))
        case .succeeded: self.init("✓", .good, Wording("done", "已完成"))
        case .failed: self.init("✗", .error, Wording("failed", "失败"))
        case .cancelled: self.init("–", .muted, Wording("cancelled", "已取消"))
        case .other(let text): self.init("?", .muted, Wording(verbatim: text))
        }
    }

    private init(_ glyph: String, _ role: Role, _ word: Wording) {
        self.glyph = glyph
        self.role = role
        self.word = word
    }
}
