"""Makes divergence.json and divergence.f32: what transformers computes in float32 with the GGUF file of SmolLM2-135M, as
far as it takes to see how much another computation differs.

usage: python make_divergence.py SmolLM2-135M-Instruct.Q4_1.gguf        (needs torch, transformers, gguf)

sequences     the first records of the sample: prompt and completion as they stand, at most 128 tokens
N.places      eight places, evenly spread, counted from 0
N.tokens      the 64 likeliest tokens that follow each of them
N.chances     their log probabilities; what is left to all other tokens is one minus their sum
"""
import json
import os
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM

import reference_tokenizer
import tensor_file

HERE = pathlib.Path(__file__).parent
SAMPLE = HERE.parents[2] / "Sources" / "tunedeck" / "Samples" / "jargon.jsonl"
RECORDS, LONGEST, PLACES, LIKELIEST = 40, 128, 8, 64


def main():
    folder, name = os.path.split(os.path.abspath(sys.argv[1]))
    tokenizer = reference_tokenizer.load(sys.argv[1])
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32).eval()
    rows = [json.loads(line) for line in open(SAMPLE, encoding="utf-8")][:RECORDS]
    sequences, tensors = [], {}
    with torch.no_grad():
        for index, row in enumerate(rows):
            ids = [id for key in ("prompt", "completion") for id in tokenizer(row[key]).input_ids][:LONGEST]
            places = torch.linspace(0, len(ids) - 1, PLACES).round().long()
            chances, tokens = model(torch.tensor([ids])).logits[0, places].log_softmax(-1).topk(LIKELIEST)
            sequences.append(ids)
            tensors[f"{index}.places"] = places.float()
            tensors[f"{index}.tokens"] = tokens.float()
            tensors[f"{index}.chances"] = chances
    tensor_file.write("divergence", tensors, {"sequences": sequences})


main()
