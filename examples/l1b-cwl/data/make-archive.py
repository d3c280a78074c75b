"""Makes SNDR_SNPP_ATMS_L1A___1.csv: counts as a microwave sounder would report them, from scene temperatures that are known.

A sounder looks at a warm target of known temperature, at cold space (2.73 K) and at the scene in turn. Between the two
references its counts are linear in temperature, so the scene's brightness temperature follows from the three counts.
The scene of each channel is written down in scene(), so that the result of the workflow can be held against it.
"""
import csv
import math
import sys
from datetime import datetime, timedelta, timezone

COLD_SPACE_K = 2.73
# channel number, centre frequency in GHz, counts per kelvin
CHANNELS = [(1, 23.8, 42.0), (2, 31.4, 39.5), (6, 53.596, 55.0), (9, 55.5, 51.25), (18, 183.31, 47.75)]
BASE_K = {1: 215.0, 2: 205.0, 6: 248.0, 9: 218.0, 18: 252.0}
SWING_K = {1: 22.0, 2: 18.0, 6: 9.0, 9: 5.0, 18: 12.0}
FIRST = datetime(2016, 1, 14, 7, 50, tzinfo=timezone.utc)
SCANS = 131
ORBIT = timedelta(minutes=101, seconds=26)


def scene(channel: int, time: datetime) -> float:
    """Brightness temperature in kelvin: one swing an orbit around the channel's base."""
    phase = 2 * math.pi * ((time - FIRST) / ORBIT)
    return BASE_K[channel] + SWING_K[channel] * math.sin(phase + channel)


def main() -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["time", "channel", "frequency_ghz", "warm_target_k", "warm_counts", "cold_counts", "scene_counts"])
    for scan in range(SCANS):
        time = FIRST + scan * timedelta(minutes=2)
        warm_target_k = 280.0 + 0.5 * math.sin(scan / 20)
        for channel, frequency_ghz, gain in CHANNELS:
            offset = 11_000 + 30 * channel + 4 * math.cos(scan / 15)
            counts = [round(offset + gain * kelvin) for kelvin in (warm_target_k, COLD_SPACE_K, scene(channel, time))]
            out.writerow([time.strftime("%Y-%m-%dT%H:%M:%SZ"), channel, frequency_ghz, f"{warm_target_k:.4f}", *counts])


main()
