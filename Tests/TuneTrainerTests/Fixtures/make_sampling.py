"""Makes sampling.json: which tokens can be drawn from logits, and how likely, as transformers has it.

usage: python make_sampling.py        (needs torch and transformers)

small     61 logits, with the tokens of a prompt and of an answer so far; for each setting the probabilities of all
          tokens. Penalties that transformers does not have are as OpenAI's documentation defines them.
large     49,152 logits, by the generator and the rule that the tests have, too; for each setting how many tokens can be
          drawn, the sum of their numbers, and the probability of the likeliest
chances   natural logarithms of the probabilities of the small logits, and the likeliest five
"""
import json
import pathlib

import torch
from transformers.generation import logits_process as lp

HERE = pathlib.Path(__file__).parent
PROMPT, ANSWER = [3, 5, 5, 20], [7, 5, 7, 7]
BIAS = {"1": 2.5, "7": -1.25, "60": 100.0, "30": -100.0}
SMALL = [
    {}, {"temperature": 0.4}, {"temperature": 2.5}, {"top_k": 5}, {"top_k": 1}, {"top_k": 61}, {"top_p": 0.9},
    {"top_p": 0.3}, {"top_p": 1e-6}, {"min_p": 0.1}, {"min_p": 1.0}, {"temperature": 0.7, "top_k": 12, "top_p": 0.8},
    {"temperature": 1.8, "top_k": 20, "top_p": 0.95, "min_p": 0.2}, {"repetition_penalty": 1.3},
    {"repetition_penalty": 0.6, "top_k": 8}, {"frequency_penalty": 0.7}, {"frequency_penalty": -1.5, "top_p": 0.9},
    {"presence_penalty": 1.1}, {"presence_penalty": -2.0, "frequency_penalty": 2.0},
    {"logit_bias": {"1": 2.5, "7": -1.25, "30": -100.0}}, {"logit_bias": BIAS, "temperature": 2.0},
    {"repetition_penalty": 1.2, "frequency_penalty": 0.4, "presence_penalty": 0.3, "logit_bias": {"5": 1.5, "20": -0.5},
     "temperature": 0.9, "top_k": 30, "top_p": 0.92, "min_p": 0.02},
]
LARGE = [
    {"top_p": 0.95}, {"top_k": 40}, {"top_k": 20_000}, {"temperature": 8.0, "top_p": 0.5}, {"min_p": 0.05},
    {"temperature": 0.7, "top_k": 1000, "top_p": 0.9}, {"temperature": 10.0, "top_p": 0.999},
]


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)


def logits(count, seed):
    """Sums of three numbers from 0 to 1, by 12: whole multiples of 2⁻²⁴ · 12 and exact in float."""
    source = SplitMix64(seed)
    draw = lambda: (source.next() >> 40) / 2**24
    return torch.tensor([[12 * torch.tensor(draw() + draw() + draw(), dtype=torch.float32) for _ in range(count)]])


def probabilities(scores, setting):
    scores = scores.clone()
    for token, bias in setting.get("logit_bias", {}).items():
        scores[0, int(token)] += bias
    said = torch.tensor([PROMPT + ANSWER])
    if "repetition_penalty" in setting:
        scores = lp.RepetitionPenaltyLogitsProcessor(setting["repetition_penalty"])(said, scores)
    for token in set(ANSWER):
        scores[0, token] -= ANSWER.count(token) * setting.get("frequency_penalty", 0.0)
        scores[0, token] -= setting.get("presence_penalty", 0.0)
    if "temperature" in setting:
        scores = lp.TemperatureLogitsWarper(setting["temperature"])(said, scores)
    if "top_k" in setting:
        scores = lp.TopKLogitsWarper(setting["top_k"])(said, scores)
    if "top_p" in setting:
        scores = lp.TopPLogitsWarper(setting["top_p"])(said, scores)
    if "min_p" in setting:
        scores = lp.MinPLogitsWarper(setting["min_p"])(said, scores)
    return torch.softmax(scores.double(), dim=-1)[0]


def main():
    small, large = logits(61, 11), logits(49_152, 12)
    small[0] -= 18
    chances = torch.log_softmax(small.double(), dim=-1)[0]
    result = {
        "logits": [float(x) for x in small[0]], "prompt": PROMPT, "answer": ANSWER,
        "small": [{"setting": s, "probabilities": [float(f"{p:.9g}") for p in probabilities(small, s)]} for s in SMALL],
        "large": [],
        "chances": [float(f"{c:.9g}") for c in chances], "likeliest": chances.topk(5).indices.tolist(),
    }
    for setting in LARGE:
        found = probabilities(large.double(), setting)
        kept = found.nonzero().flatten()
        result["large"].append({"setting": setting, "count": len(kept), "sum": int(kept.sum()),
                                "highest": float(f"{found.max():.9g}")})
    (HERE / "sampling.json").write_text(json.dumps(result).replace('{"setting"', '\n{"setting"') + "\n")


if __name__ == "__main__":
    main()
