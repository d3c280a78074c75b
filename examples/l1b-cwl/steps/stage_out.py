"""Lays out the product of a collection with its metadata: stage_out.py L1B COLLECTION START STOP"""
import csv
import hashlib
import json
import os
import shutil
import statistics
import sys

l1b, collection, start, stop = sys.argv[1:]
channels = {}
with open(l1b, newline="") as source:
    for row in csv.DictReader(source):
        channels.setdefault(row["channel"], []).append(float(row["brightness_temperature_k"]))
os.mkdir(collection)
shutil.copyfile(l1b, os.path.join(collection, "l1b.csv"))
with open(l1b, "rb") as source:
    digest = hashlib.sha256(source.read()).hexdigest()
summary = {
    "collection": collection,
    "start": start,
    "stop": stop,
    "sha256": digest,
    "brightness_temperature_k": {
        channel: {"scans": len(values), "mean": round(statistics.fmean(values), 3), "min": min(values), "max": max(values)}
        for channel, values in channels.items()
    },
}
for path in (os.path.join(collection, "summary.json"), "summary.json"):
    with open(path, "w") as target:
        json.dump(summary, target, indent=1)
