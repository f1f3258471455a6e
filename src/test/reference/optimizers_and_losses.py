"""Optimisers and losses in double precision, for OptimizersReferenceTest and LossesReferenceTest.

Run in this folder: python3 optimizers_and_losses.py. Needs NumPy. Writes ../resources/fixtures/training/:

optimizers.safetensors
    matrix [3, 4], bias [5]                     start of two parameters
    matrix.gradients [10, 3, 4], bias...        the gradient given to each of ten steps, down to 1e-8 and zero
    rates [10]                                  the learning rate of each step
    NAME.matrix [10, 3, 4], NAME.bias [10, 5]   the parameters after each step, NAME being
        sgd, sgd-momentum (0.9), sgd-nesterov (0.9), adam-keras (epsilon 1e-8), adam-paper (1e-7), adam-betas (0.8, 0.95,
        1e-7, paper), adamw (paper, 1e-8, weight decay 0.1, the matrix alone), rmsprop (rho 0.9, 1e-8), rmsprop-99 (0.99)

losses.safetensors
    cross-entropy.scores [6, 5], .labels [6], .loss [1], .gradient [6, 5]       mean over the rows
    binary.scores [4, 3], .targets [4, 3], .loss [1], .gradient [4, 3]          mean over the elements
    squared.a [4, 3], .b [4, 3], .loss [1], .gradient [4, 3] (to a)             mean over the elements
"""

import numpy as np

import safetensors

FOLDER = "../resources/fixtures/training/"
STEPS = 10


def single(x):
    """Rounded to 32 bits, so that both sides start from the same numbers."""
    return np.asarray(x, dtype=np.float32).astype(np.float64)


# Optimisers. Each is a generator-like class: move(w, g, rate) returns the next w.


class Sgd:
    def __init__(self, momentum=0.0, nesterov=False):
        self.momentum, self.nesterov, self.v = momentum, nesterov, 0.0

    def move(self, w, g, rate):
        self.v = self.momentum * self.v - rate * g
        return w + (self.momentum * self.v - rate * g if self.nesterov else self.v)


class Adam:
    def __init__(self, beta1, beta2, epsilon, paper, decay=0.0):
        self.beta1, self.beta2, self.epsilon, self.paper, self.decay = beta1, beta2, epsilon, paper, decay
        self.m, self.v, self.t = 0.0, 0.0, 0

    def move(self, w, g, rate):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g**2
        correct1, correct2 = 1 - self.beta1**self.t, 1 - self.beta2**self.t
        if self.paper:
            step = (self.m / correct1) / (np.sqrt(self.v / correct2) + self.epsilon)
        else:
            step = np.sqrt(correct2) / correct1 * self.m / (np.sqrt(self.v) + self.epsilon)
        return w * (1 - rate * self.decay) - rate * step


class RmsProp:
    def __init__(self, rho):
        self.rho, self.v = rho, 0.0

    def move(self, w, g, rate):
        self.v = self.rho * self.v + (1 - self.rho) * g**2
        return w - rate * g / (np.sqrt(self.v) + 1e-8)


OPTIMIZERS = {
    "sgd": lambda matrix: Sgd(),
    "sgd-momentum": lambda matrix: Sgd(0.9),
    "sgd-nesterov": lambda matrix: Sgd(0.9, True),
    "adam-keras": lambda matrix: Adam(0.9, 0.999, 1e-8, False),
    "adam-paper": lambda matrix: Adam(0.9, 0.999, 1e-7, True),
    "adam-betas": lambda matrix: Adam(0.8, 0.95, 1e-7, True),
    "adamw": lambda matrix: Adam(0.9, 0.999, 1e-8, True, 0.1 if matrix else 0.0),
    "rmsprop": lambda matrix: RmsProp(0.9),
    "rmsprop-99": lambda matrix: RmsProp(0.99),
}


def optimizers():
    random = np.random.default_rng(1)
    result = {"rates": single(0.05 * 0.8 ** np.arange(STEPS))}
    for name, shape in [("matrix", (3, 4)), ("bias", (5,))]:
        start = single(random.normal(size=shape))
        gradients = random.normal(size=(STEPS, *shape))
        flat = gradients.reshape(STEPS, -1)
        flat[:, 0] *= 1e-8  # as small as epsilon: tells its places apart
        flat[:, 1] *= 1e-3
        flat[:, 2] = 0
        flat[3:, 3] = 0
        gradients = single(gradients)
        result[name] = start
        result[name + ".gradients"] = gradients
        for optimizer, make in OPTIMIZERS.items():
            one = make(name == "matrix")
            w, path = start, []
            for t in range(STEPS):
                w = one.move(w, gradients[t], result["rates"][t])
                path.append(w)
            result[optimizer + "." + name] = np.array(path)
    safetensors.write(FOLDER + "optimizers.safetensors", result)


# Losses. Gradients by their formulas, checked against central differences.


def check(loss, x, gradient):
    for index in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[index] += 1e-5
        down[index] -= 1e-5
        numeric = (loss(up) - loss(down)) / 2e-5
        assert abs(numeric - gradient[index]) < 1e-8, (index, numeric, gradient[index])


def cross_entropy(scores, labels):
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    gradient = np.exp(logs)
    gradient[rows, labels] -= 1
    return -logs[rows, labels].mean(), gradient / len(labels)


def binary(scores, targets):
    # -t ln p - (1 - t) ln(1 - p), the logarithms as ln(1 + e^.) that do not overflow
    loss = targets * np.logaddexp(0, -scores) + (1 - targets) * np.logaddexp(0, scores)
    return loss.mean(), (0.5 * (1 + np.tanh(scores / 2)) - targets) / scores.size


def squared(a, b):
    return ((a - b) ** 2).mean(), 2 * (a - b) / a.size


def losses():
    random = np.random.default_rng(2)
    result = {}

    scores = single(random.normal(size=(6, 5)) * np.array([[0.1], [1], [3], [10], [30], [1]]))
    labels = np.array([0, 4, 2, 1, 3, 0])
    loss, gradient = cross_entropy(scores, labels)
    check(lambda x: cross_entropy(x, labels)[0], scores, gradient)
    result |= {"cross-entropy.scores": scores, "cross-entropy.labels": labels}
    result |= {"cross-entropy.loss": [loss], "cross-entropy.gradient": gradient}

    scores = single(random.normal(size=(4, 3)) * np.array([[0.1], [1], [10], [40]]))
    targets = single([[0, 1, 0.5], [0.25, 1, 0], [0.9, 0, 1], [1, 0, 0.125]])
    loss, gradient = binary(scores, targets)
    check(lambda x: binary(x, targets)[0], scores, gradient)
    result |= {"binary.scores": scores, "binary.targets": targets}
    result |= {"binary.loss": [loss], "binary.gradient": gradient}

    a, b = single(random.normal(size=(4, 3))), single(random.normal(size=(4, 3)))
    loss, gradient = squared(a, b)
    check(lambda x: squared(x, b)[0], a, gradient)
    result |= {"squared.a": a, "squared.b": b, "squared.loss": [loss], "squared.gradient": gradient}
    safetensors.write(FOLDER + "losses.safetensors", result)


if __name__ == "__main__":
    optimizers()
    losses()
