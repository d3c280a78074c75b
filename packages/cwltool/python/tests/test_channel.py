"""Lines over pipes."""

from __future__ import annotations

import json
import os
import threading

from daybook_cwltool.channel import EventChannel, LineReader


def read_all(data: bytes, max_bytes: int, piece: int) -> tuple[list[bytes], int]:
    read_end, write_end = os.pipe()
    reader = LineReader(read_end, max_bytes)
    lines: list[bytes] = []
    for start in range(0, len(data), piece):
        os.write(write_end, data[start : start + piece])
        lines += reader.read()
    os.close(write_end)
    while not reader.ended:
        lines += reader.read()
    os.close(read_end)
    return lines, reader.dropped


def test_lines_are_the_same_however_they_arrive() -> None:
    for piece in (1, 3, 100):
        assert read_all(b"one\n\ntwo\nrest", 100, piece) == ([b"one", b"two"], 0)


def test_a_line_over_the_limit_is_dropped_and_the_next_is_not() -> None:
    for piece in (1, 4, 1000):
        assert read_all(b"a\n" + b"x" * 50 + b"\nb\n", 10, piece) == ([b"a", b"b"], 1)


def test_threads_do_not_tear_each_others_lines() -> None:
    read_end, write_end = os.pipe()
    channel = EventChannel(write_end, "t")
    texts = [letter * 20_000 for letter in "abcdef"]
    threads = [threading.Thread(target=channel.send, args=("said",), kwargs={"text": text}) for text in texts]
    for thread in threads:
        thread.start()
    reader = LineReader(read_end, 1 << 20)
    found: list[str] = []
    while len(found) < len(texts):
        found += [json.loads(line)["text"] for line in reader.read()]
    assert sorted(found) == texts
    for thread in threads:
        thread.join()
    channel.close()
    os.close(read_end)
