"""Turns counts into brightness temperatures by the two-point calibration of a microwave sounder: calibrate.py L1A"""
import csv
import sys

COLD_SPACE_K = 2.73

with open(sys.argv[1], newline="") as source, open("l1b.csv", "w", newline="") as target:
    out = csv.writer(target, lineterminator="\n")
    out.writerow(["time", "channel", "brightness_temperature_k"])
    for row in csv.DictReader(source):
        warm_k, warm, cold, scene = (float(row[name]) for name in ("warm_target_k", "warm_counts", "cold_counts", "scene_counts"))
        gain = (warm - cold) / (warm_k - COLD_SPACE_K)
        out.writerow([row["time"], row["channel"], f"{COLD_SPACE_K + (scene - cold) / gain:.3f}"])
