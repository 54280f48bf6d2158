"""Logs into a logdir with tensorboardX: `log_events.py <logdir>`. What is logged is small, but has every oddity that is legal."""

import io
import sys
import wave
from pathlib import Path

import numpy
from tensorboardX import SummaryWriter
from tensorboardX.proto.summary_pb2 import Summary

logdir = Path(sys.argv[1])
T0 = 1_760_000_000.0


def curves():
    writer = SummaryWriter(str(logdir / "curves"), filename_suffix=".a")
    for step in range(5_000):
        writer.add_scalar("train/loss", 2.3 / (step + 1), step, walltime=T0 + step)
    for step, value in enumerate([0.1, float("nan"), float("inf"), float("-inf"), -0.0, 1e-45, 3.4028234663852886e38]):
        writer.add_scalar("odd values", value, step, walltime=T0 + step / 3)
    for step in [0, 5, 5, 3, -1, -(2**63), 2**31, 2**32, 2**53 + 1, 2**63 - 1]:
        writer.add_scalar("odd steps", step % 7, step, walltime=T0)
    for name in ["größe/損失", "a b", "x" * 200]:
        writer.add_scalar(name, 1.5, 1, walltime=T0)
    writer.add_scalars("pair", {"a": 1.0, "b": 2.0}, 1, walltime=T0)
    writer.close()


def restart():
    """A second process goes on from an earlier step, as after a crash."""
    for part, (start, end) in enumerate([(0, 50), (30, 60)]):
        writer = SummaryWriter(str(logdir / "restarted"), filename_suffix=f".{part}")
        for step in range(start, end):
            writer.add_scalar("loss", step + part / 2, step, walltime=T0 + 1_000 * part + step)
        writer.close()


def sound(step):
    """A clip as `add_audio` writes it, which needs a library of its own for that."""
    encoded = io.BytesIO()
    with wave.open(encoded, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(bytes([step, 0]) * 80)
    return Summary.Audio(
        sample_rate=8_000, num_channels=1, length_frames=80, encoded_audio_string=encoded.getvalue(), content_type="audio/wav"
    )


def others():
    """Values that are no scalars, between scalars."""
    writer = SummaryWriter(str(logdir / "media"))
    for step in range(3):
        writer.add_scalar("before", step, step, walltime=T0)
        writer.add_text("note", f"**step** {step}", step, walltime=T0)
        writer.add_histogram("weights", numpy.arange(100) * step, step, walltime=T0)
        writer.add_image("picture", numpy.zeros((3, 8, 8), dtype=numpy.uint8), step, walltime=T0)
        writer.add_pr_curve("pr", numpy.array([0, 1, 1]), numpy.array([0.2, 0.6, 0.9]), step, walltime=T0)
        writer.file_writer.add_summary(Summary(value=[Summary.Value(tag="sound", audio=sound(step))]), step, walltime=T0)
        writer.add_scalar("after", -step, step, walltime=T0)
    writer.close()


def hparams():
    writer = SummaryWriter(str(logdir / "tuned"))
    writer.add_scalar("loss", 0.5, 1, walltime=T0)
    for lr in [0.1, 1e-5, 1 / 3]:
        writer.add_hparams(
            {"lr": lr, "layers": 3, "optimizer": "adam", "nesterov": True, "bias": False},
            {"best/acc": 1 - lr},
            name=f"{T0 + lr}",
            global_step=7,
        )
    writer.close()


curves()
restart()
others()
hparams()
