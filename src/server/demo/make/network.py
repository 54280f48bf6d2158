"""A small network in NumPy: one hidden layer of rectifiers, softmax, cross entropy, and four optimizers."""

import numpy as np

PARTS = ("w1", "b1", "w2", "b2")


class Network:
    def __init__(self, inputs, hidden, classes, seed):
        self.random = np.random.default_rng(seed)
        self.weights = {
            "w1": self.random.normal(0, np.sqrt(2 / inputs), (inputs, hidden)),
            "b1": np.zeros(hidden),
            "w2": self.random.normal(0, np.sqrt(2 / hidden), (hidden, classes)),
            "b2": np.zeros(classes),
        }
        self.weights = {part: value.astype(np.float32) for part, value in self.weights.items()}

    def hidden(self, x):
        return np.maximum(x @ self.weights["w1"] + self.weights["b1"], 0)

    def probabilities(self, x):
        """Shape (examples, classes); each row sums to 1."""
        logits = self.hidden(x) @ self.weights["w2"] + self.weights["b2"]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def gradients(self, x, y, decay):
        """Gradients of the mean loss of a batch, by part."""
        hidden = self.hidden(x)
        error = self.probabilities(x)
        error[np.arange(len(y)), y] -= 1
        error /= len(y)
        back = (error @ self.weights["w2"].T) * (hidden > 0)
        slopes = {"w1": x.T @ back, "b1": back.sum(axis=0), "w2": hidden.T @ error, "b2": error.sum(axis=0)}
        return {part: slopes[part] + (decay * self.weights[part] if part.startswith("w") else 0) for part in PARTS}

    def measure(self, x, y):
        """Accuracy and mean cross entropy; both NaN where the weights have overflowed."""
        probabilities = self.probabilities(x)
        if np.isnan(probabilities).any():
            return float("nan"), float("nan")
        correct = probabilities[np.arange(len(y)), y]
        return float((probabilities.argmax(axis=1) == y).mean()), float(-np.log(np.maximum(correct, 1e-12)).mean())


class Optimizer:
    """`sgd`, `momentum` (0.9), `rmsprop` (0.9) or `adam` (0.9, 0.999)."""

    def __init__(self, name, rate):
        self.name, self.rate, self.steps = name, rate, 0
        self.first, self.second = {}, {}

    def apply(self, weights, gradients):
        self.steps += 1
        for part, slope in gradients.items():
            weights[part] = (weights[part] - self.rate * self.direction(part, slope)).astype(np.float32)

    def direction(self, part, slope):
        if self.name == "sgd":
            return slope
        if self.name == "momentum":
            self.first[part] = 0.9 * self.first.get(part, 0) + slope
            return self.first[part]
        if self.name == "rmsprop":
            self.second[part] = 0.9 * self.second.get(part, 0) + 0.1 * slope**2
            return slope / (np.sqrt(self.second[part]) + 1e-8)
        self.first[part] = 0.9 * self.first.get(part, 0) + 0.1 * slope
        self.second[part] = 0.999 * self.second.get(part, 0) + 0.001 * slope**2
        mean = self.first[part] / (1 - 0.9**self.steps)
        return mean / (np.sqrt(self.second[part] / (1 - 0.999**self.steps)) + 1e-8)
