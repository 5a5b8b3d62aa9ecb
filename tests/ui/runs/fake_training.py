"""A stand-in for `python -m nn train`: writes a run's events and obeys commands, trains nothing.

Usage: fake_training.py FOLDER. It begins at once and goes on until it is told otherwise. Besides
"pause", "resume", "stop" and "set" it knows "finish", "crash" and "vanish" (end without a word).
"""

import json
import sys
import time
from importlib.util import find_spec, module_from_spec
from pathlib import Path

# The whole of nn takes four times as long to import as the rest of this, and hundreds are started.
spec = find_spec("nn")
assert spec is not None
sys.modules["nn"] = module_from_spec(spec)  # `nn` with its folders, without its contents

from nn.runs import Run, RunWriter  # noqa: E402
from tests.checkpoints import WHOLE  # noqa: E402

folder = Path(sys.argv[1])
before = Run(folder).last("progress")
progress = {
    "train_loss": 0.5,
    "train_accuracy": 0.9,
    "samples_per_second": 1000.0,
    "learning_rate": 0.1,
}
with RunWriter(folder, None) as run:
    step = before["step"] if before else 0
    if before:
        run.write("resumed", step, step / 10, from_step=step)
    else:
        began = time.time() - 3  # long enough ago to tell how long it will take
        run.write("started", epochs=50, train_samples=1000, num_parameters=10, time=began)
        run.write("progress", 5, 0.5, **progress | {"train_loss": 1.5}, time=began + 1)
        numbers = {"train_loss": 1, "train_accuracy": 0.7, "val_loss": 1, "val_accuracy": 0.8}
        run.write("epoch", 10, 1, **numbers, time=began + 2)
    step += 15
    run.write("progress", step, step / 10, **progress)
    for line in sys.stdin:
        message = json.loads(line)
        command = message.pop("command")
        if command == "pause":
            run.write("paused", step, step / 10)
        elif command == "resume":
            run.write("resumed", step, step / 10, from_step=step)
        elif command == "set":
            run.write("set", step, step / 10, **message)
        elif command == "stop":
            (folder / "model.safetensors").touch()
            (folder / "checkpoint.safetensors").write_bytes(WHOLE)
            run.write("stopped", step, step / 10)
            break
        elif command == "finish":
            (folder / "model.safetensors").touch()
            figures = {"test_accuracy": 0.975, "seconds": 42.0}
            run.write("finished", 500, 50.0, **figures)
            break
        elif command == "crash":
            raise RuntimeError("no such images")
        elif command == "vanish":
            break
