"""Recurrent layers in double precision, for LayersReferenceTest. Gradients by back-propagation through time, written out
here and checked against central differences before anything is saved.

Run in this folder: python3 layers.py. Needs NumPy. Writes ../resources/fixtures/layers/CELL.safetensors, CELL being rnn,
lstm-sigmoid, lstm-hard-sigmoid, gru-sigmoid, gru-hard-sigmoid. With s = 4 sequences of 3, 1, 5 and 2 steps, their steps
as rows one after another (11 rows), d = 3 inputs, h = 4 hidden values and k gates (1, 4: i f g o, 3: z r c), each file has

lengths [s]                     steps of the sequences
x [11, d]                       steps of all sequences
CASE.loss-weights               the loss is the sum of states times these
CASE.states                     h after each step, in the order of the rows
CASE.last [s, h]                h after the last step of each sequence
CASE.last-memory [s, h]         c after the last step (lstm)
CASE.gradient.NAME              dL/d(NAME) for x, every weight, and h0, c0 where the case has them

and the cases

plain           starts from zero
masked          masks h before the recurrent product at every step, the first included, by a recurrent dropout mask
initial         starts from h0 (and c0)
masked-initial  both
    all four of one layer: w [d, k h], u [h, k h], b [k h]; mask [s, h], h0 [s, h], c0 [s, h] (lstm)
stacked         a second layer on the states of the first: weights w, u, b and second.w [h, k h], second.u, second.b;
                states and last are those of the second, first.states those of the first
bidirectional   the layer w, u, b beside one that runs each sequence from its end: backward.w, backward.u, backward.b;
                states [11, 2 h] = [forward, backward], both at their own step; last [s, 2 h] = [forward after the last
                step, backward after the first step]
stacked-bidirectional   a layer second.forward.w [2 h, k h], .u, .b and second.backward.… on bidirectional's states

Formulas, pre-activations p = x w + b + (h * mask) u, gate = logistic or clip(0.2 p + 0.5, 0, 1):

rnn     h' = tanh(p)
lstm    c' = gate(p_f) c + gate(p_i) tanh(p_g)      h' = gate(p_o) tanh(c')
gru     z = gate(p_z), r = gate(p_r), candidate = tanh(x w_c + b_c + (r * h * mask) u_c), h' = z h + (1 - z) candidate
"""

import numpy as np

import safetensors

FOLDER = "../resources/fixtures/layers/"
LENGTHS = [3, 1, 5, 2]
INPUTS = 3
HIDDEN = 4
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
STEP = 1e-6


def single(x):
    """Rounded to 32 bits, so that both sides start from the same numbers."""
    return np.asarray(x, dtype=np.float32).astype(np.float64)


def parts(row):
    return [row[i : i + HIDDEN] for i in range(0, len(row), HIDDEN)]


class Gate:
    def __init__(self, hard):
        self.hard, self.clipped, self.all = hard, 0, 0

    def __call__(self, p):
        if self.hard:
            # The differences must not step over a kink.
            assert np.all(np.abs(np.abs(p) - 2.5) > 1e-3)
            self.clipped, self.all = self.clipped + np.sum(np.abs(p) > 2.5), self.all + p.size
            return np.clip(0.2 * p + 0.5, 0, 1)
        return 0.5 * (1 + np.tanh(p / 2))

    def slope(self, y):
        return 0.2 * ((y > 0) & (y < 1)) if self.hard else y * (1 - y)


# Steps: forward(x, h, c, w, u, b, mask) -> h', c', kept; back(dh', dc', kept, w, u) -> dx, dh, dc, dw, du, db.
# For one sequence and one step; x, h, c are vectors.


class Rnn:
    def forward(self, x, h, c, w, u, b, mask):
        y = np.tanh(x @ w + b + (h * mask) @ u)
        return y, c, (x, h * mask, mask, y)

    def back(self, dy, dc, kept, w, u):
        x, masked, mask, y = kept
        dp = dy * (1 - y**2)
        return w @ dp, (u @ dp) * mask, dc, np.outer(x, dp), np.outer(masked, dp), dp


class Lstm:
    def __init__(self, gate):
        self.gate = gate

    def forward(self, x, h, c, w, u, b, mask):
        p = parts(x @ w + b + (h * mask) @ u)
        i, f, o = self.gate(p[0]), self.gate(p[1]), self.gate(p[3])
        g = np.tanh(p[2])
        after = f * c + i * g
        return o * np.tanh(after), after, (x, h * mask, mask, c, i, f, g, o, np.tanh(after))

    def back(self, dy, dc, kept, w, u):
        x, masked, mask, before, i, f, g, o, t = kept
        slope = self.gate.slope
        d = dc + dy * o * (1 - t**2)
        dp = np.concatenate([d * g * slope(i), d * before * slope(f), d * i * (1 - g**2), dy * t * slope(o)])
        return w @ dp, (u @ dp) * mask, d * f, np.outer(x, dp), np.outer(masked, dp), dp


class Gru:
    def __init__(self, gate):
        self.gate = gate

    def forward(self, x, h, c, w, u, b, mask):
        n = 2 * HIDDEN
        z, r = parts(self.gate(x @ w[:, :n] + b[:n] + (h * mask) @ u[:, :n]))
        a = np.tanh(x @ w[:, n:] + b[n:] + (r * h * mask) @ u[:, n:])
        return z * h + (1 - z) * a, c, (x, h, mask, z, r, a)

    def back(self, dy, dc, kept, w, u):
        x, h, mask, z, r, a = kept
        n = 2 * HIDDEN
        da = dy * (1 - z) * (1 - a**2)
        dreset = u[:, n:] @ da
        dz = dy * (h - a) * self.gate.slope(z)
        dr = dreset * h * mask * self.gate.slope(r)
        dzr = np.concatenate([dz, dr])
        dh = dy * z + (dreset * r + u[:, :n] @ dzr) * mask
        dp = np.concatenate([dzr, da])
        du = np.concatenate([np.outer(h * mask, dzr), np.outer(r * h * mask, da)], axis=1)
        return w @ dp, dh, dc, np.outer(x, dp), du, dp


class Layer:
    """One direction over all sequences."""

    def __init__(self, cell, w, u, b, mask=None, h0=None, c0=None, reverse=False):
        self.cell, self.w, self.u, self.b, self.reverse = cell, w, u, b, reverse
        zero = np.zeros((len(LENGTHS), HIDDEN))
        self.mask = zero + 1 if mask is None else mask
        self.h0 = zero if h0 is None else h0
        self.c0 = zero if c0 is None else c0

    def rows(self, s):
        first = sum(LENGTHS[:s])
        rows = list(range(first, first + LENGTHS[s]))
        return rows[::-1] if self.reverse else rows

    def forward(self, x):
        states = np.zeros((len(x), HIDDEN))
        self.kept, self.last, self.memory = {}, self.h0.copy(), self.c0.copy()
        for s in range(len(LENGTHS)):
            h, c = self.h0[s], self.c0[s]
            for row in self.rows(s):
                h, c, self.kept[row] = self.cell.forward(x[row], h, c, self.w, self.u, self.b, self.mask[s])
                states[row] = h
            self.last[s], self.memory[s] = h, c
        return states

    def back(self, dstates):
        dx = np.zeros((len(dstates), len(self.w)))
        self.dw, self.du, self.db = np.zeros_like(self.w), np.zeros_like(self.u), np.zeros_like(self.b)
        self.dh0, self.dc0 = np.zeros_like(self.h0), np.zeros_like(self.c0)
        for s in range(len(LENGTHS)):
            dh, dc = np.zeros(HIDDEN), np.zeros(HIDDEN)
            for row in self.rows(s)[::-1]:
                dx[row], dh, dc, dw, du, db = self.cell.back(dh + dstates[row], dc, self.kept[row], self.w, self.u)
                self.dw, self.du, self.db = self.dw + dw, self.du + du, self.db + db
            self.dh0[s], self.dc0[s] = dh, dc
        return dx

    def gradients(self, prefix):
        return {prefix + "w": self.dw, prefix + "u": self.du, prefix + "b": self.db}


class Both:
    """A layer in both directions, states side by side."""

    def __init__(self, there, back_again):
        self.there, self.again = there, back_again

    def forward(self, x):
        states = np.concatenate([self.there.forward(x), self.again.forward(x)], axis=1)
        self.last = np.concatenate([self.there.last, self.again.last], axis=1)
        return states

    def back(self, d):
        return self.there.back(d[:, :HIDDEN]) + self.again.back(d[:, HIDDEN:])


# Cases: build(inputs) -> layers from the first to the last, and what their gradients are called.


def one(cell, v, prefix="", reverse=False, **more):
    return Layer(cell, v[prefix + "w"], v[prefix + "u"], v[prefix + "b"], reverse=reverse, **more)


def build(case, cell, lstm, v):
    more = {}
    if "masked" in case:
        more["mask"] = v["mask"]
    if "initial" in case:
        more["h0"] = v["h0"]
        if lstm:
            more["c0"] = v["c0"]
    if case == "stacked":
        return [("", one(cell, v)), ("second.", one(cell, v, "second."))]
    both = Both(one(cell, v), one(cell, v, "backward.", True))
    if case == "bidirectional":
        return [("", both)]
    if case == "stacked-bidirectional":
        return [("", both), ("second.", Both(one(cell, v, "second.forward."), one(cell, v, "second.backward.", True)))]
    return [("", one(cell, v, **more))]


def collect(layers):
    gradients = {}
    for prefix, layer in layers:
        if isinstance(layer, Both):
            gradients |= layer.there.gradients(prefix + "forward." if prefix else "")
            gradients |= layer.again.gradients(prefix + "backward.")
        else:
            gradients |= layer.gradients(prefix)
    return gradients


def run(case, cell, lstm, v):
    layers = build(case, cell, lstm, v)
    states = v["x"]
    outputs = []
    for _, layer in layers:
        states = layer.forward(states)
        outputs.append(states)
    return layers, outputs


def evaluate(name, case, cell, v, random):
    lstm = name == "lstm"
    layers, outputs = run(case, cell, lstm, v)
    weights = single(random.normal(size=outputs[-1].shape))
    d = weights
    for _, layer in layers[::-1]:
        d = layer.back(d)
    gradients = {"x": d} | collect(layers)
    if "initial" in case:
        gradients["h0"] = layers[0][1].dh0
        if lstm:
            gradients["c0"] = layers[0][1].dc0
    for key, gradient in gradients.items():
        for index in np.ndindex(*gradient.shape):
            sides = []
            for sign in (1, -1):
                moved = dict(v)
                moved[key] = v[key].copy()
                moved[key][index] += sign * STEP
                sides.append((run(case, cell, lstm, moved)[1][-1] * weights).sum())
            numeric = (sides[0] - sides[1]) / (2 * STEP)
            assert abs(numeric - gradient[index]) < 1e-7, (name, case, key, index, numeric, gradient[index])
    result = {"loss-weights": weights, "states": outputs[-1], "last": layers[-1][1].last}
    if case == "stacked":
        result["first.states"] = outputs[0]
    if lstm and len(layers) == 1 and isinstance(layers[0][1], Layer):
        result["last-memory"] = layers[0][1].memory
    result |= {"gradient." + key: gradient for key, gradient in gradients.items()}
    return {case + "." + key: value for key, value in result.items()}


CASES = ["plain", "masked", "initial", "masked-initial", "stacked", "bidirectional", "stacked-bidirectional"]


def main():
    for name, hard in [("rnn", None), ("lstm", False), ("lstm", True), ("gru", False), ("gru", True)]:
        cell = {"rnn": lambda: Rnn(), "lstm": lambda: Lstm(Gate(hard)), "gru": lambda: Gru(Gate(hard))}[name]()
        random = np.random.default_rng(7)
        wide = GATES[name] * HIDDEN
        # Large enough that some of the hard sigmoid's gates are clipped.
        scale = 1.5 if hard else 0.8

        def draw(*shape, deviation=scale):
            return single(random.normal(size=shape) * deviation)

        v = {"x": draw(sum(LENGTHS), INPUTS, deviation=1)}
        for prefix, inputs in [
            ("", INPUTS),
            ("backward.", INPUTS),
            ("second.", HIDDEN),
            ("second.forward.", 2 * HIDDEN),
            ("second.backward.", 2 * HIDDEN),
        ]:
            v |= {prefix + "w": draw(inputs, wide), prefix + "u": draw(HIDDEN, wide), prefix + "b": draw(wide)}
        sequences = len(LENGTHS)
        v["mask"] = single((random.random((sequences, HIDDEN)) < 0.6) / 0.6)
        v["h0"] = draw(sequences, HIDDEN, deviation=0.5)
        if name == "lstm":
            v["c0"] = draw(sequences, HIDDEN, deviation=0.5)
        result = {"lengths": np.array(LENGTHS)} | v
        for case in CASES:
            result |= evaluate(name, case, cell, v, random)
        if hard:
            # Both sides of the kinks are of interest.
            assert 0.1 < cell.gate.clipped / cell.gate.all < 0.6, cell.gate.clipped / cell.gate.all
        file = name if hard is None else name + ("-hard-sigmoid" if hard else "-sigmoid")
        safetensors.write(FOLDER + file + ".safetensors", result)


if __name__ == "__main__":
    main()
