/// A linear layer of a Llama block that can carry an adapter, by its checkpoint name.
public enum LoRATarget: String, CaseIterable, Codable, Sendable {
    case q = "q_proj"
    case k = "k_proj"
    case v = "v_proj"
    case o = "o_proj"
    case gate = "gate_proj"
    case up = "up_proj"
    case down = "down_proj"
}
