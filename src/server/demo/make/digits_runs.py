"""The project `digits`: which optimizer, learning rate and width generalise from 400 images?"""

import math

import numpy as np
from mlflow.tracking import MlflowClient
from PIL import Image

from .digits_data import CLASSES, Digits
from .evaluation import everything, predictions_csv
from .logged_run import DAY, HOUR, NEW_COMMIT, OLD_COMMIT, LoggedRun
from .network import Network, Optimizer

STEPS, EVERY, BATCH, DECAY = 2_000, 20, 32, 1e-4
FALLBACK_RATE = 0.1
RATES = (("sgd", 0.1), ("sgd", 0.01), ("momentum", 0.03), ("rmsprop", 0.003), ("adam", 0.003))
# Their points are all logged; the others log each 20th step.
ALL_STEPS = ("sgd-lr0.1-h32-s1", "rmsprop-lr0.003-h128-s2", "adam-lr0.003-h128-s4", "sgd-lr0.01-h32-s2")
# Milliseconds a step, as they would be with an evaluation after each: the demo is made faster than it says.
PACE = {"sgd": 118, "momentum": 136, "rmsprop": 172, "adam": 204}
CANDIDATE, BASELINE = "rmsprop-lr0.003-h128-s2", "sgd-lr0.01-h32-s2"


class Training:
    """One configuration, trained for real and logged as it goes."""

    def __init__(self, digits, run, name, optimizer, lr, hidden, seed):
        self.digits, self.run, self.every = digits, run, 1 if name in ALL_STEPS else EVERY
        self.network = Network(64, hidden, 10, seed)
        self.optimizer = Optimizer(optimizer, lr)
        self.random = np.random.default_rng(1_000 + seed)
        self.pace = PACE[optimizer] * (1.2 if hidden > 32 else 1) * self.random.uniform(0.92, 1.08)
        self.good = dict(self.network.weights)
        run.params({
            "optimizer": optimizer, "lr": lr, "hidden": hidden, "seed": seed, "batch_size": BATCH, "weight_decay": DECAY,
            "steps": STEPS, "activation": "relu", "init": "he", "train_examples": 400,
        })
        for part, context in (("train", "train"), ("val", "validation")):
            _, x, _ = digits.parts[part]
            run.dataset(f"digits-{part}", digits.digest(part), context, *x.shape)

    def step(self, step):
        _, x, y = self.digits.parts["train"]
        picked = self.random.choice(len(y), BATCH, replace=False)
        gradients = self.network.gradients(x[picked], y[picked], DECAY)
        if step % self.every == 0:
            self.log(step, gradients)
        self.optimizer.apply(self.network.weights, gradients)
        self.run.tick(self.pace * self.random.uniform(0.8, 1.25))

    def log(self, step, gradients):
        values = {}
        for part in ("train", "val"):
            _, x, y = self.digits.parts[part]
            values[f"{part}/acc"], values[f"{part}/loss"] = self.network.measure(x, y)
        self.run.metrics(values, step)
        if step % EVERY == 0:
            self.run.metrics({"grad_norm": math.sqrt(sum(float((slope.astype(float) ** 2).sum()) for slope in gradients.values()))}, step)

    def roll_back(self):
        """What a trainer does that watches its weights: where they are lost when a checkpoint is due, it takes the last one and a rate that works."""
        if all(np.isfinite(part).all() for part in self.network.weights.values()):
            self.good = dict(self.network.weights)
            return
        self.network.weights = dict(self.good)
        self.optimizer = Optimizer(self.optimizer.name, FALLBACK_RATE)

    def train(self, until=STEPS + 1, checkpoints=0):
        with np.errstate(all="ignore"):
            for step in range(until):
                if checkpoints and step % checkpoints == 0:
                    self.roll_back()
                self.step(step)

    def evaluate(self, curves, predictions, samples):
        ids, x, y = self.digits.parts["test"]
        scores = self.network.probabilities(x).astype(float)
        self.run.metrics({"test/acc": float((scores.argmax(axis=1) == y).mean())}, STEPS)
        files = everything(CLASSES, y, scores)
        for name in files if curves else ["test.json"]:
            self.run.json(f"evaluation/{name}", files[name])
        if predictions:
            self.run.text("evaluation/predictions.csv", predictions_csv(ids, CLASSES, y, scores))
        if samples:
            self.samples(ids, y, scores.argmax(axis=1))

    def samples(self, ids, y, predicted):
        """Every digit taken for another, and one of each that was not, 32 px wide; the number is the example's id."""
        wrong = [(index, "wrong") for index in np.flatnonzero(predicted != y)]
        right = [(np.flatnonzero((y == digit) & (predicted == y))[0], "right") for digit in range(10)]
        for index, verdict in wrong + right:
            pixels = np.kron(self.digits.images[ids[index]] * 15.9, np.ones((4, 4))).astype(np.uint8)
            self.run.picture(f"samples/{verdict}/{ids[index]:04}-is-{y[index]}-said-{predicted[index]}.png", Image.fromarray(pixels))


def name_of(optimizer, lr, hidden, seed):
    return f"{optimizer}-lr{lr:g}-h{hidden}-s{seed}"


def sweep(client, experiment, digits, start):
    """Forty runs that end as they should; their trainings by name, and the time when the last one ended."""
    trainings = {}
    for optimizer, lr in RATES:
        for hidden in (32, 128):
            for seed in (1, 2, 3, 4):
                name = name_of(optimizer, lr, hidden, seed)
                old = (optimizer, lr) == ("sgd", 0.01)
                tags = {"sweep": "6" if old else "7", **({"stage": "baseline"} if name == BASELINE else {})}
                run = LoggedRun(client, experiment, name, start, "train.py", OLD_COMMIT if old else NEW_COMMIT, tags)
                training = Training(digits, run, name, optimizer, lr, hidden, seed)
                training.train()
                training.evaluate(seed <= 2 or name in ALL_STEPS, seed == 2 or name in ALL_STEPS, name in ALL_STEPS)
                run.environment("2.3.4" if old else "2.3.5")
                run.end()
                trainings[name] = training
                start = run.clock + 41_000
    return trainings, start


def odd_ones(client, experiment, digits, start):
    """One whose weights overflow and that goes on from a checkpoint, one that raises, one that was killed, one that still runs."""

    def begin(optimizer, lr, hidden, seed, at):
        name = name_of(optimizer, lr, hidden, seed)
        run = LoggedRun(client, experiment, name, at, "train.py", NEW_COMMIT, {"sweep": "8"})
        run.environment("2.3.5")
        return run, Training(digits, run, name, optimizer, lr, hidden, seed)

    run, diverged = begin("sgd", 1e5, 128, 1, start)
    diverged.train(checkpoints=400)
    diverged.evaluate(True, False, False)
    run.tag("mlflow.note.content", "The learning rate is far too high: the weights overflow within the first steps. At step 400 the trainer goes back to its checkpoint, with a rate of 0.1.")
    run.end()

    run, failed = begin("adam", 0.03, 128, 1, run.clock + HOUR)
    failed.train(until=741)
    try:
        failed.network.gradients(np.zeros((BATCH, 63), np.float32), np.zeros(BATCH, int), DECAY)
    except ValueError as error:
        run.text("error.txt", f"step 741: ValueError: {error}\n")
    run.end("FAILED")

    run, killed = begin("momentum", 0.3, 128, 1, run.clock + HOUR)
    killed.train(until=420)
    run.end("KILLED")

    run, running = begin("adam", 0.001, 128, 5, run.clock + HOUR)
    running.train(until=1_260)
    run.flush()


def register(client, trainings):
    """Three versions of one model, the files of a model beside each."""
    client.create_registered_model("digits-classifier", description="Handwritten digits, 8 × 8 pixels, ten classes.")
    versions = ((BASELINE, "Archived", "The baseline: plain SGD at a low rate."), ("adam-lr0.003-h128-s4", "Staging", "Adam, 128 units."), (CANDIDATE, "Production", "RMSprop, 128 units."))
    for name, stage, description in versions:
        run = trainings[name].run
        run.array_file("model", "weights.npz", trainings[name].network.weights)
        run.text("model/requirements.txt", f"numpy=={'2.3.4' if name == BASELINE else '2.3.5'}\n")
        run.text("model/MLmodel", f"artifact_path: model\nflavors:\n  python_function:\n    data: weights.npz\n    loader_module: network\n    python_version: 3.11.7\nmodel_uuid: {run.id}\nrun_id: {run.id}\n")
        version = client.create_model_version("digits-classifier", f"runs:/{run.id}/model", run_id=run.id, description=description)
        client.transition_model_version_stage("digits-classifier", version.version, stage)
    client.set_registered_model_alias("digits-classifier", "champion", "3")
    client.set_registered_model_alias("digits-classifier", "challenger", "2")


def make(client: MlflowClient):
    experiment = client.create_experiment("digits", tags={
        "mlflow.note.content": "A small network on 400 of the 1,797 handwritten digits of scikit-learn: which optimizer, learning rate and width generalise best?",
        "mlflow.experiment.primaryMetric.name": "val/acc", "mlflow.experiment.primaryMetric.greaterIsBetter": "True",
    })
    digits = Digits()
    trainings, end = sweep(client, experiment, digits, DAY + 9 * HOUR)
    odd_ones(client, experiment, digits, end + 16 * HOUR)
    candidate = trainings[CANDIDATE].run
    candidate.text("README.md", "# RMSprop, 128 units\n\nThe candidate of sweep 7: see `evaluation/` for what it gets wrong.\n")
    candidate.tag("mlflow.note.content", "Candidate of sweep 7. What it takes for another digit is in samples/wrong.")
    register(client, trainings)
