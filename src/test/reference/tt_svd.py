"""Reference numbers for TtSvd and TtAlgebra: NumPy, float64, written from Oseledets 2011, algorithms 1 and 2.

Run in this folder: python3 tt_svd.py; writes ../resources/fixtures/tt-svd. Made with NumPy 2.4.6.
"""

import json
import math
import pathlib

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "fixtures" / "tt-svd"
IN_MODES, OUT_MODES = [3, 4, 2, 3], [4, 1, 3, 2]


def to_tensor(matrix):
    """[prod m, prod n] -> [m0 n0, m1 n1, ...]"""
    d = len(IN_MODES)
    full = matrix.reshape(IN_MODES + OUT_MODES)
    order = [a for k in range(d) for a in (k, d + k)]
    return full.transpose(order).reshape([m * n for m, n in zip(IN_MODES, OUT_MODES)])


def to_matrix(tensor):
    d = len(IN_MODES)
    split = [s for m, n in zip(IN_MODES, OUT_MODES) for s in (m, n)]
    full = tensor.reshape(split).transpose(list(range(0, 2 * d, 2)) + list(range(1, 2 * d, 2)))
    return full.reshape(math.prod(IN_MODES), math.prod(OUT_MODES))


def rank_for(values, limit, budget):
    rank = min(len(values), limit)
    if budget is not None:
        while rank > 1 and math.sqrt(np.sum(values[rank - 1:] ** 2)) <= budget:
            rank -= 1
    return rank


def tt_svd(tensor, limits=None, tolerance=None):
    d = tensor.ndim
    budget = None if tolerance is None else tolerance * np.linalg.norm(tensor) / math.sqrt(d - 1)
    cores, spectra, rest, rank = [], [], tensor, 1
    for k in range(d - 1):
        u, s, v = np.linalg.svd(rest.reshape(rank * tensor.shape[k], -1), full_matrices=False)
        spectra.append(s.tolist())
        new = rank_for(s, limits[k] if limits else len(s), budget)
        cores.append(u[:, :new].reshape(rank, -1, new))
        rest, rank = s[:new, None] * v[:new], new
    cores.append(rest.reshape(rank, -1, 1))
    return cores, spectra


def full(cores):
    result = cores[0]
    for core in cores[1:]:
        result = np.tensordot(result, core, 1)
    return result.reshape([c.shape[1] for c in cores])


def four_dimensional(core, k):
    return core.reshape(core.shape[0], IN_MODES[k], OUT_MODES[k], core.shape[2])


def save(name, array):
    np.save(OUT / f"{name}.npy", np.ascontiguousarray(array, dtype=np.float32))


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(20110901)
    # Singular values that fall slowly, so that every cut matters.
    shape = [m * n for m, n in zip(IN_MODES, OUT_MODES)]
    ranks = [1, 6, 8, 5, 1]
    cores = [rng.normal(size=(ranks[k], shape[k], ranks[k + 1])) * (0.8 ** np.arange(ranks[k + 1])) for k in range(4)]
    dense = full(cores)
    dense += 1e-3 * np.linalg.norm(dense) / math.sqrt(dense.size) * rng.normal(size=dense.shape)
    matrix = to_matrix(dense).astype(np.float32)
    save("matrix", matrix)
    tensor = to_tensor(matrix.astype(np.float64))
    norm = np.linalg.norm(tensor)
    result = {"inputModes": IN_MODES, "outputModes": OUT_MODES, "norm": norm, "cases": []}
    for name, limits, tolerance in [
        ("ranks", [3, 4, 2], None),
        ("tolerance-loose", None, 0.3),
        ("tolerance-tight", None, 0.01),
        ("both", [4, 4, 4], 0.1),
    ]:
        found, spectra = tt_svd(tensor, limits, tolerance)
        save(name, to_matrix(full(found)))
        result["cases"].append({
            "name": name,
            "ranks": limits,
            "tolerance": tolerance,
            "foundRanks": [1] + [c.shape[2] for c in found],
            "relativeError": np.linalg.norm(full(found) - tensor) / norm,
            "firstSingularValues": spectra[0],
        })

    # Two trains in floats: norms, inner product, and rounding of the first (a train's rounding is its TT-SVD).
    a = [rng.normal(size=(r, s, q)) for r, s, q in zip([1, 4, 6, 3], shape, [4, 6, 3, 1])]
    b = [rng.normal(size=(r, s, q)) for r, s, q in zip([1, 2, 3, 2], shape, [2, 3, 2, 1])]
    a, b = ([c.astype(np.float32).astype(np.float64) for c in t] for t in (a, b))
    for name, train in (("a", a), ("b", b)):
        for k, core in enumerate(train):
            save(f"{name}{k}", four_dimensional(core, k))
    fa, fb = full(a), full(b)
    rounded, _ = tt_svd(fa, [2, 3, 2])
    save("a-rounded", to_matrix(full(rounded)))
    result["trains"] = {
        "normA": np.linalg.norm(fa),
        "normB": np.linalg.norm(fb),
        "inner": float(np.sum(fa * fb)),
        "relativeErrorAB": np.linalg.norm(fa - fb) / np.linalg.norm(fa),
        "roundRanks": [2, 3, 2],
        "roundRelativeError": np.linalg.norm(full(rounded) - fa) / np.linalg.norm(fa),
    }
    (OUT / "fixture.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
