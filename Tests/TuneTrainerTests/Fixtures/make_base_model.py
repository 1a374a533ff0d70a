"""Makes base_model.json: what transformers computes in float32 with the GGUF file of SmolLM2-135M.

usage: python make_base_model.py SmolLM2-135M-Instruct.Q4_1.gguf        (needs torch, transformers, gguf)

evaluations   the first records of a sample as they stand: mean cross-entropy in nats and share of right arguments of the
              maximum over the completion tokens, share of records with all of them right
logits        of a short text, at some of the vocabulary's tokens
greedy        the likeliest 32 tokens after a prompt, one after the other; ends early after an end token
"""
import json
import os
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM

import reference_tokenizer

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parents[2] / "Sources" / "tunedeck" / "Samples"
EVALUATIONS = [("jargon", 40), ("tang", 20)]
TEXT = "The quick brown fox jumps over the lazy dog. 床前明月光"
PROMPTS = ["The capital of France is", "def fibonacci(n):\n",
           "<|im_start|>user\nWhat is 2+2?<|im_end|>\n<|im_start|>assistant\n"]
END_TOKENS = (0, 2)


def evaluate(model, tokenizer, name, limit):
    loss, right, whole, tokens = 0.0, 0, 0, 0
    rows = [json.loads(line) for line in open(SAMPLES / f"{name}.jsonl", encoding="utf-8")][:limit]
    for row in rows:
        prompt, completion = (tokenizer(row[key]).input_ids for key in ("prompt", "completion"))
        logits = model(torch.tensor([prompt + completion])).logits[0]
        target = torch.tensor(completion)
        of_completion = logits[len(prompt) - 1:-1]
        loss += float(torch.nn.functional.cross_entropy(of_completion, target, reduction="sum"))
        hits = int((of_completion.argmax(-1) == target).sum())
        right, tokens, whole = right + hits, tokens + len(target), whole + (hits == len(target))
    return {"name": name, "examples": len(rows), "tokens": tokens, "loss": loss / tokens,
            "token_accuracy": right / tokens, "sequence_accuracy": whole / len(rows)}


def some_logits(model, tokenizer):
    ids = tokenizer(TEXT).input_ids
    columns = list(range(0, 49152, 4096)) + [ids[0], ids[-1]]
    logits = model(torch.tensor([ids])).logits[0]
    return {"ids": ids, "columns": columns, "rows": [[round(float(row[c]), 5) for c in columns] for row in logits]}


def greedy(model, tokenizer, prompt):
    ids = tokenizer(prompt).input_ids
    made, margins = [], []
    while len(made) < 32 and (not made or made[-1] not in END_TOKENS):
        values, tokens = model(torch.tensor([ids + made])).logits[0, -1].topk(2)
        made.append(int(tokens[0]))
        margins.append(float(values[0] - values[1]))
    print(prompt, min(margins), tokenizer.decode(made))
    return {"prompt": prompt, "ids": made, "text": tokenizer.decode(made), "smallest_margin": round(min(margins), 5)}


def main():
    folder, name = os.path.split(os.path.abspath(sys.argv[1]))
    tokenizer = reference_tokenizer.load(sys.argv[1])
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32).eval()
    with torch.no_grad():
        result = {
            "logits": some_logits(model, tokenizer),
            "greedy": [greedy(model, tokenizer, prompt) for prompt in PROMPTS],
            "evaluations": [evaluate(model, tokenizer, *evaluation) for evaluation in EVALUATIONS],
        }
    lines = ",\n".join(f"{json.dumps(key)}:{json.dumps(value)}" for key, value in result.items())
    (HERE / "base_model.json").write_text("{" + lines + "}\n")


main()
