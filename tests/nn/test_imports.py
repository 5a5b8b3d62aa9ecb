"""Outside of nn/cli, nn/ needs NumPy, the standard library and, in a few files, one thing more."""

import ast
import subprocess
import sys
from pathlib import Path

NN = Path(__file__).resolve().parents[2] / "nn"
EXCEPTIONS = {
    "files.py": {"safetensors"},
    "export/onnx_file.py": {"onnx"},
    "training/blas_threads.py": {"threadpoolctl"},
    "runs/lock.py": {"filelock"},
    "sklearn/classifier.py": {"sklearn"},
}


def imported(path: Path) -> set[str]:
    """The packages that a file imports anywhere in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {module.partition(".")[0] for module in modules}


def test_nn_needs_numpy_and_the_standard_library_but_for_named_exceptions() -> None:
    usual = {"nn", "numpy", *sys.stdlib_module_names}
    more = {}
    for path in sorted(NN.rglob("*.py")):
        name = path.relative_to(NN).as_posix()
        others = imported(path) - usual
        if others and not name.startswith("cli/"):
            more[name] = others
    assert more == EXCEPTIONS


def test_a_command_starts_without_what_only_some_of_them_need() -> None:
    """A training has to show its first numbers as soon as possible, and a search to begin."""
    code = "import sys, nn.cli; print(*sys.modules); import nn.cli.search.work; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=NN.parent, stdout=subprocess.PIPE)
    of_all, of_searches = (set(line.split()) for line in loaded.stdout.decode().splitlines())
    assert "nn.cli.train.command" in of_all
    slow = {"data", "PIL", "tqdm", "joblib", "matplotlib", "scipy", "sklearn", "optuna", "onnx"}
    assert not slow & of_all
    assert "optuna" in of_searches
    assert not {"scipy", "sklearn"} & of_searches
