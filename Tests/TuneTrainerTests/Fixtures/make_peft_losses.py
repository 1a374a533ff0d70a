"""Makes peft_losses.json: the losses of ten LoRA steps of PEFT on SmolLM2-135M, from an adapter that anyone can make.

usage: python make_peft_losses.py SmolLM2-135M-Instruct.Q4_1.gguf        (needs torch, transformers, peft, gguf)

Data: the first 80 records of jargon.jsonl as the prepare step writes them: prompt + " ->", " " + completion + "\\n" (white
space stripped first), encoded separately and joined, cut to 512 tokens at the end. Ten batches of 8 in the file's order.
Loss of a step: mean cross-entropy over its completion tokens, the prompt's left out.
Optimizer: AdamW, learning rate 2e-4 throughout, betas 0.9 and 0.999, eps 1e-8, no weight decay, no clipping, no dropout.
Adapter: rank 8, alpha 16, on all seven projections. B is zero. A, of shape (8, in), is drawn row by row, in the order of
the layers and, within a layer, q k v o gate up down, from one SplitMix64 generator with seed 42:

    state += 0x9E3779B97F4A7C15
    z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9
    z = (z ^ z >> 27) * 0x94D049BB133111EB
    u = (z ^ z >> 31) >> 40                    an integer below 2^24       (all arithmetic modulo 2^64)
    a = (2 u / 2^24 - 1) * (1 / sqrt(in))      in float32, each operation rounded

which is the uniform distribution that PEFT's default (Kaiming, a = sqrt 5) has.
"""
import json
import os
import pathlib
import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

import reference_tokenizer

HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[2] / "Sources" / "tunedeck" / "Samples" / "jargon.jsonl"
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
BATCH, STEPS, LONGEST, SEED = 8, 10, 512, 42
MASK = 2**64 - 1


def uniform_numbers(seed):
    """Numbers from -1 to 1."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        yield 2 * ((z ^ z >> 31) >> 40) / 2**24 - 1


def set_adapter(model, layers):
    numbers = uniform_numbers(SEED)
    first = []
    for layer in range(layers):
        block = model.base_model.model.model.layers[layer]
        for projection in PROJECTIONS:
            module = getattr(block.self_attn if projection[0] in "qkvo" else block.mlp, projection)
            a, b = module.lora_A["default"].weight, module.lora_B["default"].weight
            bound = 1 / torch.tensor(float(a.shape[1])).sqrt()
            values = torch.tensor([next(numbers) for _ in range(a.numel())]) * bound
            with torch.no_grad():
                a.copy_(values.reshape(a.shape))
                b.zero_()
            first.append(values[0].item())
    return first


def examples(tokenizer):
    for line in list(open(DATA, encoding="utf-8"))[:BATCH * STEPS]:
        row = json.loads(line)
        prompt = tokenizer(row["prompt"].strip() + " ->").input_ids
        completion = tokenizer(" " + row["completion"].strip() + "\n").input_ids
        yield (prompt + completion)[:LONGEST], len(prompt)


def main():
    folder, name = os.path.split(os.path.abspath(sys.argv[1]))
    tokenizer = reference_tokenizer.load(sys.argv[1])
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
    model.config.use_cache = False
    model = get_peft_model(model, LoraConfig(r=8, lora_alpha=16, target_modules=PROJECTIONS))
    first = set_adapter(model, model.config.num_hidden_layers)
    model.train()
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=2e-4, weight_decay=0)
    rows = list(examples(tokenizer))
    steps = []
    start = time.perf_counter()
    for step in range(STEPS):
        batch = rows[step * BATCH:(step + 1) * BATCH]
        trained = sum(len(ids) - prompt for ids, prompt in batch)
        right, total = 0, 0.0
        # One example at a time, without padding; the gradients add up to those of the whole batch.
        for ids, prompt in batch:
            ids = torch.tensor(ids)
            logits = model(ids[None]).logits[0, prompt - 1:-1]
            loss = torch.nn.functional.cross_entropy(logits, ids[prompt:], reduction="sum") / trained
            loss.backward()
            total += float(loss.detach())
            right += int((logits.argmax(-1) == ids[prompt:]).sum())
        norm = float(torch.nn.utils.clip_grad_norm_(model.parameters(), float("inf")))
        optimizer.step()
        optimizer.zero_grad()
        steps.append({"loss": total, "token_accuracy": right / trained, "gradient_norm": norm,
                      "tokens": sum(len(ids) for ids, _ in batch), "trained_tokens": trained})
        print(step, steps[-1], f"{time.perf_counter() - start:.0f} s", flush=True)
    lines = ",\n".join(json.dumps(step) for step in steps)
    (HERE / "peft_losses.json").write_text(
        f'{{"seed":{SEED},\n"first_of_each_A":{json.dumps(first)},\n"steps":[\n{lines}\n]}}\n')


main()
