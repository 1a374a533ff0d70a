"""Makes quants.json: blocks of every tensor type and the floats that the gguf package reads from them.

usage: python make_quants.py        (needs gguf and numpy)

The blocks are random bytes, so that every bit of a block counts; only the half-precision scales are made finite.
`bytes` is hexadecimal; `floats` are the bit patterns of float32 in hexadecimal, eight digits each, run together.
"""
import json
import pathlib

import numpy as np
from gguf import GGMLQuantizationType as T
from gguf.quants import dequantize

# Where the half-precision numbers of a block lie, and the block's size in bytes.
LAYOUTS = {
    T.F32: ([], 4), T.F16: ([0], 2), T.BF16: ([], 2),
    T.Q8_0: ([0], 34), T.Q4_0: ([0], 18), T.Q4_1: ([0, 2], 20), T.Q5_0: ([0], 22), T.Q5_1: ([0, 2], 24),
    T.Q2_K: ([80, 82], 84), T.Q3_K: ([108], 110), T.IQ4_NL: ([0], 18), T.IQ4_XS: ([0], 136),
    T.Q4_K: ([0, 2], 144), T.Q5_K: ([0, 2], 176), T.Q6_K: ([208], 210),
}
# Zero, the smallest subnormal, a subnormal, ordinary ones, the largest.
SCALES = [0x0000, 0x0001, 0x83FF, 0x3C00, 0xB555, 0x2E66, 0x1234, 0x7BFF]

random = np.random.default_rng(20)
fixture = {}
for kind, (halves, size) in LAYOUTS.items():
    blocks = random.integers(0, 256, (len(SCALES), size), dtype=np.uint8)
    if kind in (T.F32, T.BF16):
        blocks[:, size - 1] &= 0xBF  # keeps the exponent below infinity
    for row in range(len(SCALES)):
        for place, offset in enumerate(halves):
            scale = SCALES[(row + 3 * place) % len(SCALES)]
            blocks[row, offset:offset + 2] = [scale & 0xFF, scale >> 8]
    floats = np.ascontiguousarray(dequantize(blocks, kind), dtype="<f4").reshape(-1)
    assert np.isfinite(floats).all(), kind
    fixture[kind.name] = {
        "bytes": blocks.tobytes().hex(),
        "floats": "".join(f"{bits:08x}" for bits in floats.view("<u4")),
    }
path = pathlib.Path(__file__).with_name("quants.json")
path.write_text(json.dumps(fixture, indent=0) + "\n")
