"""Scikit-learn's digits (UCI "Optical Recognition of Handwritten Digits", CC BY 4.0), split once for all runs."""

import hashlib

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

CLASSES = [str(digit) for digit in range(10)]


class Digits:
    """400 images to train on, 700 to validate, 697 to test; few to train on, so that runs differ."""

    def __init__(self):
        data = load_digits()
        x, y = (data.data / 16).astype(np.float32), data.target
        rest, test = train_test_split(np.arange(len(y)), test_size=697, random_state=7, stratify=y)
        train, val = train_test_split(rest, test_size=700, random_state=7, stratify=y[rest])
        self.images = data.images
        self.parts = {name: (np.sort(ids), x[np.sort(ids)], y[np.sort(ids)]) for name, ids in (("train", train), ("val", val), ("test", test))}

    def digest(self, part):
        """Eight hexadecimal digits, as MLflow writes them for a dataset."""
        ids, x, y = self.parts[part]
        return hashlib.md5(ids.tobytes() + x.tobytes() + y.tobytes()).hexdigest()[:8]
