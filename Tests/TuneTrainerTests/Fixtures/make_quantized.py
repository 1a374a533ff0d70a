"""Makes quantized.json: floats, and the blocks that the gguf package makes of them, for every type that is exported.

usage: python make_quantized.py        (needs gguf and numpy)

`floats` are the bit patterns of float32 in hexadecimal, eight digits each, run together; the same for all types.
Every other entry is hexadecimal bytes.
"""
import json
import pathlib

import numpy as np
from gguf import GGMLQuantizationType as T
from gguf.quants import quantize

random = np.random.default_rng(4)
blocks = [
    np.zeros(32), np.full(32, 0.75), np.full(32, -3), random.standard_normal(32) * 0.02, random.standard_normal(32),
    # Codes that fall between two, in each direction.
    np.arange(-16, 16) / 2, np.arange(32) * 0.125 - 1, np.where(np.arange(32) % 2 == 0, 1.0, -1.0),
    # One that is far from the others; all of one sign; scales that a half can hardly hold, or not at all.
    np.concatenate([[100.0], random.standard_normal(31) * 0.1]), np.abs(random.standard_normal(32)) + 5,
    random.standard_normal(32) * 1e-6, random.standard_normal(32) * 1e-30, random.standard_normal(32) * 3000,
]
floats = np.concatenate(blocks + [random.standard_normal(32) * 10.0 ** k for k in range(-4, 4)]).astype(np.float32)
fixture = {"floats": "".join(f"{bits:08x}" for bits in floats.view("<u4"))}
for kind in (T.F32, T.F16, T.BF16, T.Q8_0, T.Q4_0, T.Q4_1, T.Q5_0, T.Q5_1):
    fixture[kind.name] = np.ascontiguousarray(quantize(floats, kind)).tobytes().hex()
path = pathlib.Path(__file__).with_name("quantized.json")
path.write_text(json.dumps(fixture, indent=0) + "\n")
