"""A model file of ttrnn in Python, with NumPy alone.

    python3 docs/interop.py predict RUN/model.safetensors CLIP.npy [ANSWER.json]
        computes the classes of a clip in double precision from the tensors, by the formulas of docs/model-files.md, and
        prints them; with ANSWER.json, the output of `ttrnn predict RUN CLIP.npy --json`, fails if they differ by 1e-4
    python3 docs/interop.py bare RUN/model.safetensors WEIGHTS
        writes the tensors without metadata to WEIGHTS.safetensors and WEIGHTS.npz, for
        `ttrnn evaluate WEIGHTS.npz STORE --config RUN/config.json`

CLIP.npy is a frame array [T, H, W, 3] of bytes, such as a store's frames/ID.npy. If the package safetensors is installed, it
reads and writes too, and must agree with the few lines here. Models of one recurrent layer in one direction.
"""

import json
import struct
import sys

import numpy as np

try:
    from safetensors.numpy import load_file, save_file
except ImportError:
    load_file = save_file = None


def read(path):
    """Tensors by name, and the metadata."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, info in header.items():
        begin, end = info["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], dtype="<f4").reshape(info["shape"])
    if load_file is not None:
        theirs = load_file(path)
        assert theirs.keys() == tensors.keys() and all(np.array_equal(theirs[n], tensors[n]) for n in tensors)
    return tensors, metadata


def write(path, tensors):
    header, data, begin = {}, b"", 0
    for name in sorted(tensors):
        flat = tensors[name].astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape), "data_offsets": [begin, begin + len(flat)]}
        data += flat
        begin += len(flat)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def train_matrix(cores):
    """The matrix [inputs, outputs] of a tensor train; core k is [r_k, m_k, n_k, r_(k+1)], the first mode is the slowest."""
    result = np.ones((1, 1, 1))
    for core in cores:
        grown = np.einsum("abl,lmnr->ambnr", result, core)
        result = grown.reshape(grown.shape[0] * grown.shape[1], grown.shape[2] * grown.shape[3], grown.shape[4])
    return result[:, :, 0]


def input_matrix(w, gates):
    if "rnn.kernel" in w:
        return w["rnn.kernel"]
    trains = ["rnn"] if "rnn.core.0" in w else ["rnn." + gate for gate in gates]
    count = sum(name.startswith(trains[0] + ".core.") for name in w)
    return np.concatenate([train_matrix([w[f"{t}.core.{k}"] for k in range(count)]) for t in trains], axis=1)


def last_state(w, config, rows):
    cell = config["model"].removeprefix("tt-")
    hard = config["gateActivation"] == "hard-sigmoid"
    gate = (lambda v: np.clip(0.2 * v + 0.5, 0, 1)) if hard else (lambda v: 1 / (1 + np.exp(-v)))
    gates = {"gru": "zrh", "lstm": "ifgo", "rnn": "h"}[cell]
    u, b = w["rnn.recurrent"], w["rnn.bias"]
    hidden = len(u)
    projected = rows @ input_matrix(w, gates) + b[: len(gates) * hidden]
    h, c = np.zeros(hidden), np.zeros(hidden)
    for x in projected:
        p = np.split(x, len(gates))
        if cell == "rnn":
            h = np.tanh(x + h @ u)
        elif cell == "lstm":
            i, f, g, o = np.split(x + h @ u, 4)
            c = gate(f) * c + gate(i) * np.tanh(g)
            h = gate(o) * np.tanh(c)
        else:
            uz, ur, uh = np.split(u, 3, axis=1)
            z, r = gate(p[0] + h @ uz), gate(p[1] + h @ ur)
            after = config.get("gruReset") == "after"
            product = r * (h @ uh + b[3 * hidden :]) if after else (r * h) @ uh
            h = z * h + (1 - z) * np.tanh(p[2] + product)
    return h


def predict(path, clip, answer=None):
    tensors, metadata = read(path)
    config, classes = json.loads(metadata["config"]), json.loads(metadata["classes"])
    frames = np.load(clip, mmap_mode="r")
    if 0 < config["maxLength"] < len(frames):
        cut = config["maxLength"]
        frames = frames[:cut] if config["truncate"] == "end" else frames[-cut:]
    rows = (frames.reshape(len(frames), -1).astype(np.float64) - 128) * config["inputScale"]
    w = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    scores = last_state(w, config, rows) @ w["head.weight"] + w["head.bias"]
    e = np.exp(scores - scores.max())
    p = dict(zip(classes, e / e.sum()))
    for name in sorted(p, key=p.get, reverse=True):
        print(f"{name}  {p[name]:.6f}")
    if answer is not None:
        with open(answer) as file:
            theirs = json.load(file)["clips"][0]["probabilities"]
        worst = max(abs(p[name] - theirs[name]) for name in classes)
        print(f"largest difference: {worst:.1e}")
        sys.exit(0 if worst <= 1e-4 else 1)


def bare(path, target):
    tensors, _ = read(path)
    write(target + ".safetensors", tensors)
    if save_file is not None:
        save_file(dict(tensors), target + ".safetensors")
    np.savez(target + ".npz", **tensors)


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in ("predict", "bare"):
        sys.exit(__doc__)
    {"predict": predict, "bare": bare}[sys.argv[1]](*sys.argv[2:])
