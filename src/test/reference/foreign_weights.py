"""Weights as Keras, the authors' TTRNN.py and PyTorch keep them, and what models with them answer, for ForeignWeightsTest.

Run in this folder: python3 foreign_weights.py. Needs NumPy. Written from the formulas in the documentation of the three, in
double precision, each in its own layout and order of gates; nothing of ours is used. Writes to ../resources/fixtures/foreign

frames.npy      [7, 3, 4, 3] bytes: a clip; a model sees (byte - 128) / 64 of a frame as a row of 36
CASE.npz        the weights, arr_0, arr_1, ... for Keras (get_weights()), names of state_dict() for PyTorch
expected.npz    CASE: the probabilities [3], the softmax of a dense layer on the last state

Keras: p = x K + b; gates of the GRU z, r, h; of the LSTM i, f, c, o; h' = z h + (1 - z) candidate, the candidate
tanh(p_h + (r h) U_h), with reset_after=True tanh(p_h + r (h U_h + b2_h)) and the gates with both biases. hard_sigmoid(v) =
clip(0.2 v + 0.5, 0, 1) where the case says hard, else the logistic function.
TTRNN.py: K is a tensor train, its weights one vector: the last core first, core k a matrix [m_k r_(k+1), r_k n_k].
PyTorch: p = W x + b_i, q = U h + b_h; GRU gates r, z, n, n = tanh(p_n + r q_n), h' = (1 - z) n + z h; LSTM gates i, f, g, o;
two layers in two directions: the second layer reads [forward, backward], the head the last state of either direction.
"""

import os

import numpy as np

FOLDER = "../resources/fixtures/foreign/"
FRAMES, INPUTS, HIDDEN, CLASSES = 7, 36, 8, 3
MODES_IN, MODES_OUT, RANKS = [4, 3, 3], [2, 2, 2], [1, 2, 3, 1]
random = np.random.default_rng(7)
expected = {}


def draw(*shape):
    return (random.normal(size=shape) * 0.4).astype(np.float32)


def logistic(v):
    return 1 / (1 + np.exp(-v))


def hard(v):
    return np.clip(0.2 * v + 0.5, 0, 1)


def softmax(v):
    e = np.exp(v - v.max())
    return e / e.sum()


def split(v, parts):
    return np.split(v, parts, axis=-1)


frames = random.integers(0, 256, size=(FRAMES, 3, 4, 3)).astype(np.uint8)
xs = (frames.reshape(FRAMES, INPUTS).astype(np.float64) - 128) / 64


def keras_state(cell, gate, kernel, recurrent, bias):
    """The last state, all arguments as Keras has them, in doubles."""
    h, c = np.zeros(HIDDEN), np.zeros(HIDDEN)
    for x in xs:
        if cell == "lstm":
            i, f, g, o = split(x @ kernel + h @ recurrent + bias, 4)
            c = gate(f) * c + gate(i) * np.tanh(g)
            h = gate(o) * np.tanh(c)
        elif cell == "rnn":
            h = np.tanh(x @ kernel + h @ recurrent + bias)
        else:
            after = bias.ndim == 2
            pz, pr, ph = split(x @ kernel + (bias[0] if after else bias), 3)
            uz, ur, uh = split(recurrent, 3)
            if after:
                bz, br, bh = split(bias[1], 3)
                z, r = gate(pz + h @ uz + bz), gate(pr + h @ ur + br)
                candidate = np.tanh(ph + r * (h @ uh + bh))
            else:
                z, r = gate(pz + h @ uz), gate(pr + h @ ur)
                candidate = np.tanh(ph + (r * h) @ uh)
            h = z * h + (1 - z) * candidate
    return h


def train_matrix(flat, modes_out):
    """The matrix that a flat train stands for: cores are taken from the end of the vector to its begin."""
    at = len(flat)
    result = np.ones((1, 1, 1))  # inputs so far, outputs so far, rank
    for k, (m, n) in enumerate(zip(MODES_IN, modes_out)):
        left, right = RANKS[k], RANKS[k + 1]
        size = m * right * left * n
        core = flat[at - size : at].reshape(m, right, left, n)
        at -= size
        grown = np.einsum("abl,mrln->ambnr", result, core)
        result = grown.reshape(grown.shape[0] * m, grown.shape[2] * n, right)
    return result[:, :, 0]


def keras(name, cell, gate, gates, train=False, after=False):
    if train:
        modes_out = [gates * MODES_OUT[0]] + MODES_OUT[1:]
        size = sum(m * n * RANKS[k] * RANKS[k + 1] for k, (m, n) in enumerate(zip(MODES_IN, modes_out)))
        kernel = draw(size)
        matrix = train_matrix(kernel.astype(np.float64), modes_out)
    else:
        kernel = draw(INPUTS, gates * HIDDEN)
        matrix = kernel.astype(np.float64)
    shape = (2, gates * HIDDEN) if after else (gates * HIDDEN,)
    weights = [kernel, draw(HIDDEN, gates * HIDDEN), draw(*shape), draw(HIDDEN, CLASSES), draw(CLASSES)]
    _, recurrent, bias, head, head_bias = [w.astype(np.float64) for w in weights]
    state = keras_state(cell, gate, matrix, recurrent, bias)
    expected[name] = softmax(state @ head + head_bias)
    np.savez(FOLDER + name + ".npz", *weights)


def pytorch_states(cell, w, suffix, rows):
    h, c = np.zeros(HIDDEN), np.zeros(HIDDEN)
    states = []
    for x in rows:
        p = w["weight_ih" + suffix] @ x + w["bias_ih" + suffix]
        q = w["weight_hh" + suffix] @ h + w["bias_hh" + suffix]
        if cell == "gru":
            (pr, pz, pn), (qr, qz, qn) = split(p, 3), split(q, 3)
            r, z = logistic(pr + qr), logistic(pz + qz)
            h = (1 - z) * np.tanh(pn + r * qn) + z * h
        elif cell == "lstm":
            i, f, g, o = split(p + q, 4)
            c = logistic(f) * c + logistic(i) * np.tanh(g)
            h = logistic(o) * np.tanh(c)
        else:
            h = np.tanh(p + q)
        states.append(h)
    return np.array(states)


def pytorch(name, cell, gates, layers=1, both=False):
    weights = {}
    directions = ["", "_reverse"] if both else [""]
    for layer in range(layers):
        inputs = INPUTS if layer == 0 else HIDDEN * len(directions)
        for direction in directions:
            suffix = f"_l{layer}{direction}"
            weights["rnn.weight_ih" + suffix] = draw(gates * HIDDEN, inputs)
            weights["rnn.weight_hh" + suffix] = draw(gates * HIDDEN, HIDDEN)
            weights["rnn.bias_ih" + suffix] = draw(gates * HIDDEN)
            weights["rnn.bias_hh" + suffix] = draw(gates * HIDDEN)
    weights["head.weight"] = draw(CLASSES, HIDDEN * len(directions))
    weights["head.bias"] = draw(CLASSES)
    w = {key.removeprefix("rnn."): value.astype(np.float64) for key, value in weights.items()}
    rows = xs
    for layer in range(layers):
        parts, last = [], []
        for direction in directions:
            states = pytorch_states(cell, w, f"_l{layer}{direction}", rows[::-1] if direction else rows)
            last.append(states[-1])
            parts.append(states[::-1] if direction else states)
        rows = np.concatenate(parts, axis=1)
    expected[name] = softmax(w["head.weight"] @ np.concatenate(last) + w["head.bias"])
    np.savez(FOLDER + name + ".npz", **weights)


os.makedirs(FOLDER, exist_ok=True)
np.save(FOLDER + "frames.npy", frames)
keras("keras-gru", "gru", hard, 3)
keras("keras-gru-after", "gru", logistic, 3, after=True)
keras("keras-lstm", "lstm", hard, 4)
keras("keras-rnn", "rnn", None, 1)
keras("keras-tt-gru", "gru", hard, 3, train=True)
keras("keras-tt-lstm", "lstm", hard, 4, train=True)
pytorch("pytorch-gru", "gru", 3)
pytorch("pytorch-lstm", "lstm", 4)
pytorch("pytorch-rnn", "rnn", 1)
pytorch("pytorch-gru-two-layers-both-directions", "gru", 3, 2, True)
np.savez(FOLDER + "expected.npz", **expected)
