"""Writes named tensors as one file of little-endian float32 and a JSON index, for the tests to read."""
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent


def write(name, tensors, facts):
    """`name.f32` holds the tensors one after the other; `name.json` the facts, and shape and place (in floats) of each."""
    index, place = {}, 0
    with open(HERE / f"{name}.f32", "wb") as file:
        for key, tensor in tensors.items():
            values = np.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
            index[key] = {"shape": list(values.shape), "start": place}
            place += values.size
            file.write(values.tobytes())
    lines = [f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'))}" for key, value in facts.items()]
    entries = ",\n".join(f" {json.dumps(key)}:{json.dumps(value)}" for key, value in index.items())
    (HERE / f"{name}.json").write_text("{" + ",\n".join(lines) + f',\n"tensors":{{\n{entries}}}}}\n')
