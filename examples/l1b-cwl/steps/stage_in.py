"""Selects the scans of a collection between two times: stage_in.py ARCHIVE COLLECTION START STOP"""
import csv
import sys

archive, collection, start, stop = sys.argv[1:]
with open(archive, newline="") as source:
    rows = list(csv.reader(source))
header, scans = rows[0], [row for row in rows[1:] if start <= row[0] <= stop]
if not scans:
    sys.exit(f"no scan of {collection} between {start} and {stop}")
with open("l1a.csv", "w", newline="") as target:
    csv.writer(target, lineterminator="\n").writerows([header, *scans])
print(f"{len(scans)} scan lines of {collection}", file=sys.stderr)
