"""A contender's own process: takes orders as JSON lines and answers each with one.

    python -m benchmarks.worker CONTENDER THREADS CASE FOLDER

with CASE as JSON, FOLDER as written by `benchmarks.images`. The first answer comes unasked, when
the contender is ready. An answer with "error" is the last one. See `benchmarks.child`.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import contenders
from benchmarks.cases import Case
from benchmarks.images import load


def main() -> None:
    # What libraries print must not come between the answers: it goes to standard error.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    name, threads, case, folder = sys.argv[1:]
    try:
        settings = json.loads(case)
        for sizes in ("hidden", "convolutions"):
            settings[sizes] = tuple(settings[sizes])
        # Nothing here keeps the images: who has copied them needs the mapped ones no longer.
        contender = contenders.create(name, Case(**settings), load(Path(folder)), int(threads))
        tell({"details": contender.details})
        for line in sys.stdin:
            tell(obey(contender, Path(folder), json.loads(line)))
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0] in ("torch", "sklearn")
        tell({"error": "not installed" if missing else one_line(error)})
    except Exception as error:
        tell({"error": one_line(error)})


def obey(contender: Any, folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Do what an order says; seconds in the answer are those of one epoch or one prediction."""
    match order["do"]:
        case "train":
            began = time.perf_counter()
            contender.train(order["epochs"])
            return {"seconds": (time.perf_counter() - began) / order["epochs"]}
        case "step parts":
            return {"seconds": contender.step_parts(order["epochs"])}
        case "predict all":
            return {"seconds": _predict(contender, load(folder).test_images, order["seconds"])}
        case "predict one":
            # As it comes from the drawing board: one image, float32 in [0, 1].
            image = np.array(load(folder).test_images[:1], np.float32) / 255
            return {"seconds": _predict(contender, image, order["seconds"])}
        case "test":
            images = load(folder)
            right = contender.predict(images.test_images).argmax(1) == images.test_labels
            return {"accuracy": float(right.mean())}
        case "peak":
            return {"gflops": contender.gflops(order["seconds"])}
    raise ValueError(f"unknown order {order}")


def one_line(error: Exception) -> str:
    """The error in a line that fits into a table's footnote."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0] if lines else ''}"[:200]


def _predict(contender: Any, images: np.ndarray, seconds: float) -> float:
    """Median time of a prediction over about so many seconds."""
    times: list[float] = []
    while not times or sum(times) < seconds:
        began = time.perf_counter()
        contender.predict(images)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
