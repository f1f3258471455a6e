"""Frames of all clips under a folder as RGB arrays of 160x120, by OpenCV and a pool of processes: what `ttrnn prepare` is
measured against. Prints clips, frames, seconds and CPU seconds.

    python3 src/test/reference/opencv_prepare.py SRC OUT [PROCESSES]
"""
import multiprocessing
import os
import pathlib
import resource
import sys
import time

import cv2
import numpy


def prepare(job):
    clip, target = job
    cv2.setNumThreads(1)
    capture = cv2.VideoCapture(str(clip))
    frames = []
    while True:
        there, frame = capture.read()
        if not there:
            break
        frames.append(cv2.resize(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), (160, 120)))
    capture.release()
    target.parent.mkdir(parents=True, exist_ok=True)
    numpy.save(target, numpy.stack(frames))
    return len(frames)


def main():
    source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    clips = sorted(path for path in source.rglob("*") if path.suffix in (".avi", ".mpg"))
    jobs = [(clip, out / clip.relative_to(source).with_suffix(".npy")) for clip in clips]
    begin = time.time()
    with multiprocessing.Pool(int(sys.argv[3]) if len(sys.argv) > 3 else os.cpu_count()) as pool:
        frames = sum(pool.imap_unordered(prepare, jobs, chunksize=4))
    seconds = time.time() - begin
    cpu = sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )
    print(f"{len(clips)} clips, {frames} frames, {seconds:.1f} s, {cpu:.1f} CPU s, {frames / cpu:.0f} frames a CPU s")


if __name__ == "__main__":
    main()
