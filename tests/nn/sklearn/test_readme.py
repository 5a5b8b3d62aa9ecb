"""What the README shows runs."""

import re
from pathlib import Path

import joblib

README = Path(__file__).resolve().parents[3] / "README.md"


def test_the_search_of_the_readme_finds_a_network_that_reads(capsys):
    section = README.read_text(encoding="utf-8").partition("## With scikit-learn")[2]
    code = re.search(r"```python\n(.*?)```", section, re.DOTALL)[1]
    names = {}
    with joblib.parallel_config("threading"):  # processes take seconds to start
        exec(code, names)
    assert names["search"].best_score_ > 0.9
    assert re.search(
        r"\{'dropout': 0\.[02], 'learning_rate': 0\.\d+\} 0\.9", capsys.readouterr().out
    )
