"""A TensorBoard logdir: the network of `digits` again, logged by tensorboardX with curves, histograms, pictures and precision–recall curves."""

import socket
import time

import numpy as np

from .digits_data import Digits
from .logged_run import DAY, HOUR
from .network import Network, Optimizer

STEPS, EVERY = 2_000, 20
RUNS = (("sgd", 0.1, 64), ("momentum", 0.03, 64), ("rmsprop", 0.003, 64), ("adam", 0.003, 64))


def fix_clock(start):
    """The writer stamps its first record and names its file with the time and the host: those of the demo."""
    time.time = lambda: start
    socket.gethostname = lambda: "demo"


def make(folder):
    digits = Digits()
    _, x, y = digits.parts["train"]
    ids, val_x, val_y = digits.parts["val"]
    for at, (optimizer_name, rate, hidden) in enumerate(RUNS):
        start = (DAY + 2 * 24 * HOUR + (13 + at) * HOUR) / 1_000
        fix_clock(start)
        from tensorboardX import SummaryWriter  # after the clock is set: the writer takes its functions when it is loaded

        writer = SummaryWriter(str(folder / f"{optimizer_name}-lr{rate:g}"))
        network, optimizer, random = Network(64, hidden, 10, 1), Optimizer(optimizer_name, rate), np.random.default_rng(at)
        for step in range(STEPS + 1):
            picked = random.choice(len(y), 32, replace=False)
            now = start + step * 0.2
            if step % EVERY == 0:
                for part, (inputs, labels) in {"train": (x, y), "val": (val_x, val_y)}.items():
                    accuracy, loss = network.measure(inputs, labels)
                    writer.add_scalar(f"{part}/acc", accuracy, step, walltime=now)
                    writer.add_scalar(f"{part}/loss", loss, step, walltime=now)
            if step % 500 == 0:
                log_media(writer, network, digits, ids, val_x, val_y, step, now)
            optimizer.apply(network.weights, network.gradients(x[picked], y[picked], 1e-4))
        writer.close()


def log_media(writer, network, digits, ids, x, y, step, now):
    for part, values in network.weights.items():
        writer.add_histogram(f"weights/{part}", values.ravel(), step, walltime=now, max_bins=30)
    scores = network.probabilities(x)
    for digit in (3, 8):
        writer.add_pr_curve(f"pr/{digit}", (y == digit).astype(int), scores[:, digit], step, num_thresholds=101, walltime=now)
    wrong = ids[scores.argmax(axis=1) != y][:24]
    sheet = np.zeros((3 * 9, 8 * 9), np.uint8)
    for place, example in enumerate(wrong):
        top, left = 9 * (place // 8), 9 * (place % 8)
        sheet[top : top + 8, left : left + 8] = digits.images[example] * 15.9
    writer.add_image("wrong", np.kron(sheet, np.ones((3, 3), np.uint8))[None], step, walltime=now)
