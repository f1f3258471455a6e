"""Writes safetensors files of 32-bit floats: eight bytes of length, a JSON header, then the arrays side by side."""

import json
import struct

import numpy as np


def write(path, arrays):
    """Writes `arrays`, a dictionary of NumPy arrays, in the order of their names; returns nothing."""
    header = {}
    data = []
    begin = 0
    for name in sorted(arrays):
        array = np.asarray(arrays[name])
        flat = array.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [begin, begin + len(flat)]}
        data.append(flat)
        begin += len(flat)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + b"".join(data))
