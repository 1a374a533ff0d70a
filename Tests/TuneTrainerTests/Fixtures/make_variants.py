"""Makes what PyTorch and PEFT compute for the variants of training, on the tiny tied model of make_tiny_llama.py.

usage: python make_variants.py        (needs torch, transformers, peft and gguf; make_tiny_llama.py must have run)

variants.json and variants.f32 (see tensor_file.py), with the sequences and adapter matrices of tiny_tied:
    rslora.loss         with alpha / sqrt(rank) in place of alpha / rank
    dropout             share 0.3, seed 9, step 4: loss, and gradients layers.L.P.dA and .dB under dropout.*
    noise               NEFTune with noise 5, seed 9, step 4: loss, and gradients under noise.*
    full                gradients of the blocks' weights without adapter, full.layers.L.P; losses of ten AdamW steps
    dpo                 two pairs, beta 0.5, reference without adapter: loss, margins, gradients under dpo.*, losses of
                        ten AdamW steps
peft_rslora/            an adapter on q and v that PEFT itself saved, with rsLoRA and dropout; peft.loss is its loss

Dropout and noise are drawn as Chance.swift and chance.c do, written here a second time.
"""
import json
import os
import pathlib
import shutil

os.environ["HF_HUB_OFFLINE"] = "1"
import numpy as np
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

import tensor_file

HERE = pathlib.Path(__file__).parent
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
MASK = (1 << 64) - 1
FACTS = json.loads((HERE / "tiny_tied.json").read_text())
FLOATS = np.fromfile(HERE / "tiny_tied.f32", "<f4")
SEQUENCES = FACTS["sequences"]


def stored(name):
    entry = FACTS["tensors"][name]
    count = int(np.prod(entry["shape"]))
    return torch.tensor(FLOATS[entry["start"]:entry["start"] + count].reshape(entry["shape"]))


# Chance


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def splitmix(seed):
    """The first number of a SplitMix64 generator."""
    return mix((seed + 0x9E3779B97F4A7C15) & MASK)


def draws(identity, salt, columns):
    """32 bits for each column of a row."""
    key = mix(identity ^ salt)
    h = (np.arange(columns, dtype=np.uint32) * np.uint32(0x9E3779B9)) ^ np.uint32(key & 0xFFFFFFFF)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x7FEB352D)
    h = ((h ^ (h >> np.uint32(15))) + np.uint32(key >> 32)) * np.uint32(0x846CA68B)
    return h ^ (h >> np.uint32(16))


def rows_of_draws(row, salt, length, columns):
    first = splitmix(2 * row)
    return np.stack([draws((first + position) & MASK, salt, columns) for position in range(length)])


def step_seed(seed, step):
    return splitmix((splitmix(seed + 0x6368616E6365) + step) & MASK)


class DrawnDropout(torch.nn.Module):
    """Takes the place of PEFT's dropout, for the example at work."""
    row = 0

    def __init__(self, share, seed, place):
        super().__init__()
        self.share, self.salt = share, splitmix((seed + place) & MASK)

    def forward(self, x):
        kept = rows_of_draws(DrawnDropout.row, self.salt, x.shape[1], x.shape[2]) >= int(self.share * 2 ** 32)
        return x * torch.tensor(kept) / (1 - self.share)


# Models


def base():
    torch.manual_seed(0)
    return AutoModelForCausalLM.from_pretrained(HERE, gguf_file="tiny_tied.gguf", dtype=torch.float32,
                                                attn_implementation="eager").eval()


def linear(block, projection):
    return getattr(block.self_attn if projection[0] in "qkvo" else block.mlp, projection)


def adapted(**settings):
    """The base with the adapter of tiny_tied, and its matrices by name."""
    model = get_peft_model(base(), LoraConfig(r=4, lora_alpha=8, target_modules=PROJECTIONS, **settings))
    matrices = {}
    for layer, block in enumerate(model.base_model.model.model.layers):
        for projection in PROJECTIONS:
            module = linear(block, projection)
            for side, part in (("A", module.lora_A["default"]), ("B", module.lora_B["default"])):
                name = f"layers.{layer}.{projection}.{side}"
                with torch.no_grad():
                    part.weight.copy_(stored(name))
                matrices[name] = part.weight
    return model, matrices


def loss_of(model, inputs=None):
    total, count = 0, 0
    for row, sequence in enumerate(SEQUENCES):
        ids, first = torch.tensor(sequence["ids"]), sequence["learned_from"]
        DrawnDropout.row = row
        logits = model(**(inputs(row, ids) if inputs else {"input_ids": ids[None]})).logits[0]
        total = total + torch.nn.functional.cross_entropy(logits[first - 1:-1], ids[first:], reduction="sum")
        count += len(ids) - first
    return total / count


def gradients(prefix, matrices):
    return {f"{prefix}.{name[:-1]}d{name[-1]}": matrix.grad for name, matrix in matrices.items()}


def ten_steps(parameters, loss, rate):
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        value = loss()
        value.backward()
        optimizer.step()
        losses.append(float(value.detach()))
    return losses


facts, tensors = {}, {}

model, _ = adapted(use_rslora=True)
facts["rslora.loss"] = float(loss_of(model).detach())

# Dropout
SEED, STEP, SHARE = 9, 4, 0.3
model, matrices = adapted(lora_dropout=SHARE)
for layer, block in enumerate(model.base_model.model.model.layers):
    for place, projection in enumerate(PROJECTIONS):
        linear(block, projection).lora_dropout["default"] = DrawnDropout(
            SHARE, step_seed(SEED, STEP), layer * len(PROJECTIONS) + place)
loss = loss_of(model)
loss.backward()
facts["dropout"] = {"share": SHARE, "seed": SEED, "step": STEP, "loss": float(loss.detach())}
tensors |= gradients("dropout", matrices)

# NEFTune
NOISE = 5.0
model, matrices = adapted()
embedding = model.base_model.model.model.embed_tokens


def noisy(row, ids):
    x = embedding(ids[None])
    bits = rows_of_draws(row, step_seed(SEED, STEP) ^ MASK, x.shape[1], x.shape[2])
    u = (bits >> np.uint32(8)).astype(np.float32) * np.float32(2.0 ** -23) - 1
    return {"inputs_embeds": x + torch.tensor(u) * NOISE / (x.shape[1] * x.shape[2]) ** 0.5}


loss = loss_of(model, noisy)
loss.backward()
facts["noise"] = {"noise": NOISE, "seed": SEED, "step": STEP, "loss": float(loss.detach())}
tensors |= gradients("noise", matrices)

# Full fine-tuning
model = base()
weights = {f"layers.{layer}.{projection}": linear(block, projection).weight
           for layer, block in enumerate(model.model.layers) for projection in PROJECTIONS}
for parameter in model.parameters():
    parameter.requires_grad_(False)
for weight in weights.values():
    weight.requires_grad_(True)
loss_of(model).backward()
tensors |= {f"full.{name}": weight.grad.clone() for name, weight in weights.items()}
facts["full"] = {"rate": 3e-3, "losses": ten_steps(weights.values(), lambda: loss_of(model), 3e-3)}

# DPO: the answers of the two sequences, each against another one
BETA, RATE = 0.5, 5e-4
pairs = []
for sequence, worse in zip(SEQUENCES, [[40, 41, 42, 43, 44], [70, 71, 72, 73, 74, 75, 76, 77]]):
    first = sequence["learned_from"]
    pairs.append({"prompt": sequence["ids"][:first], "preferred": sequence["ids"][first:], "rejected": worse})


def log_probability(model, prompt, answer):
    ids = torch.tensor(prompt + answer)
    logits = model(ids[None]).logits[0, len(prompt) - 1:-1]
    return logits.log_softmax(-1).gather(1, ids[len(prompt):, None]).sum()


def both(model, pair):
    return [log_probability(model, pair["prompt"], pair[side]) for side in ("preferred", "rejected")]


with torch.no_grad():
    reference = [both(base(), pair) for pair in pairs]
model, matrices = adapted()


def margins():
    return torch.stack([(p - p0) - (r - r0) for (p, r), (p0, r0) in
                        zip((both(model, pair) for pair in pairs), reference)])


def dpo_loss():
    return -torch.nn.functional.logsigmoid(BETA * margins()).mean()


loss = dpo_loss()
loss.backward()
facts["dpo"] = {"beta": BETA, "rate": RATE, "pairs": pairs, "loss": float(loss.detach()),
                "margins": [float(BETA * m) for m in margins().detach()]}
tensors |= gradients("dpo", matrices)
facts["dpo"]["losses"] = ten_steps(matrices.values(), dpo_loss, RATE)

# A folder that PEFT wrote
folder = HERE / "peft_rslora"
shutil.rmtree(folder, ignore_errors=True)
torch.manual_seed(3)
model = get_peft_model(base(), LoraConfig(
    r=4, lora_alpha=6, target_modules=["q_proj", "v_proj"], use_rslora=True, lora_dropout=0.25,
    task_type="CAUSAL_LM", init_lora_weights=False)).eval()
model.base_model.model.config._name_or_path = "tiny"
model.peft_config["default"].base_model_name_or_path = "tiny"
model.save_pretrained(folder)
(folder / "README.md").unlink(missing_ok=True)
facts["peft.loss"] = float(loss_of(PeftModel.from_pretrained(base(), folder).eval()).detach())

tensor_file.write("variants", tensors, facts)
print(json.dumps(facts, indent=1))
