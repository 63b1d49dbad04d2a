"""Draws many pictures, in several processes where ZIMAGE_WORKERS says so; what is drawn does not depend on it."""

import multiprocessing
import os

CHUNK = 32  # pictures drawn with one seed


def rendered(function, jobs):
    """Results of `function` for each job in order, drawn by ZIMAGE_WORKERS processes (one: in this process)."""
    workers = int(os.environ.get("ZIMAGE_WORKERS", "1"))
    if workers == 1:
        yield from map(function, jobs)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(function, jobs)
