"""Writes the files that numpy itself makes, for the tests: python make_numpy_samples.py (numpy 2.4)."""
import numpy as np

a = np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 8
arrays = {
    "f4": a,
    "f8_big": a.astype(">f8"),
    "f2": np.array([1.5, -2.0, 6e-8, 65504, np.inf], dtype=np.float16),
    "fortran": np.asfortranarray(a),
    "i8": np.array([-(2**62), 7], dtype=np.int64),
    "u4": np.array([4294967295], dtype=np.uint32),
    "i2_big": np.array([-300, 300], dtype=">i2"),
    "bool": np.array([True, False]),
    "scalar": np.float64(2.5),
    "empty": np.zeros((0, 4), dtype=np.float32),
    "objects": np.array([{}], dtype=object),
}
np.savez("numpy.npz", **arrays)
np.savez_compressed("numpy_deflated.npz", **arrays)
