"""Writes what TensorBoard's own loader reads below a folder, as JSON: `event_answers.py <folder> <output.json>`.

Floats are written as the 16 hex digits of their bits and steps as digits, so that nothing is rounded on the way. Points are in the
order (step, wall time, arrival). No orphaned point is purged: the loader itself keeps them, it is TensorBoard's reservoirs that drop.
"""

import hashlib
import json
import os
import struct
import sys

from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.util import tensor_util


def bits(value):
    return "7ff8000000000000" if value != value else struct.pack(">d", value).hex()


def param(value):
    kind = value.WhichOneof("kind")
    if kind == "number_value":
        return {"number": bits(value.number_value)}
    return {"text": value.string_value if kind == "string_value" else str(value.bool_value)}


def content_of(plugin, tensor):
    """Digests of images and clips, texts, and the bits of buckets and curves."""
    if plugin == "images":
        return [hashlib.sha1(image).hexdigest() for image in tensor.string_val[2:]]
    if plugin == "audio":  # the loader has taken the labels away
        return [hashlib.sha1(clip).hexdigest() for clip in tensor.string_val]
    if plugin == "text":
        return [text.decode("utf-8", "replace") for text in tensor.string_val]
    return [bits(float(number)) for number in tensor_util.make_ndarray(tensor).ravel()]


def read_run(files):
    plugins, points, params, status, first, last, media = {}, {}, {}, 0, None, None, []
    for file in files:
        for event in EventFileLoader(file).Load():
            first = event.wall_time if first is None else min(first, event.wall_time)
            if event.WhichOneof("what") != "file_version":
                last = event.wall_time if last is None else max(last, event.wall_time)
            for value in event.summary.value:
                metadata = value.metadata.plugin_data
                plugin = plugins.setdefault(value.tag, metadata.plugin_name)
                if plugin == "hparams":
                    content = plugin_data_pb2.HParamsPluginData.FromString(metadata.content)
                    params.update({key: param(item) for key, item in content.session_start_info.hparams.items()})
                    status = content.session_end_info.status or status
                elif plugin == "scalars":
                    number = float(tensor_util.make_ndarray(value.tensor).item())
                    points.setdefault(value.tag, []).append((event.step, event.wall_time, number))
                elif plugin in ("images", "histograms", "text", "audio", "pr_curves"):
                    media.append([plugin, value.tag, str(event.step), content_of(plugin, value.tensor)])
    for series in points.values():
        series.sort(key=lambda point: point[:2])
    return {
        "points": {tag: [[str(step), bits(time), bits(value)] for step, time, value in series] for tag, series in points.items()},
        "params": params,
        "media": media,
        "status": status,
        "first": first,
        "last": first if last is None else last,
    }


def main(folder, output):
    runs = {}
    for directory, _, names in os.walk(folder):
        files = [os.path.join(directory, name) for name in sorted(names) if "out.tfevents." in name and not name.endswith(".profile-empty")]
        if files:
            runs[directory] = read_run(files)
    with open(output, "w", encoding="utf-8") as file:
        json.dump(runs, file)


main(*sys.argv[1:])
