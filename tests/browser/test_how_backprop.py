"""The step "Backpropagation", which the browser computes: the worked example as it was published,
nn's gradients of any numbers, and the slips that it names."""

import numpy as np
import pytest
from playwright.sync_api import Page

import nn
from nn.losses import HalfSquaredError

# Matt Mazur, "A Step by Step Backpropagation Example" (2015), with all digits that it prints.
VALUES = {
    "net_h1": 0.3775, "out_h1": 0.593269992, "out_h2": 0.596884378,
    "net_o1": 1.105905967, "out_o1": 0.75136507, "out_o2": 0.772928465,
    "E_o1": 0.274811083, "E_o2": 0.023560026, "E": 0.298371109,
}  # fmt: skip
FACTORS = {
    "w5": {"E-out-o1": 0.74136507, "out-net-o1": 0.186815602, "net-w5": 0.593269992,
           "E-w5": 0.082167041, "new-w5": 0.35891648},
    "w6": {"new-w6": 0.408666186},
    "w7": {"new-w7": 0.511301270},
    "w8": {"new-w8": 0.561370121},
    "w1": {"net-out-w5": 0.40, "E-out-h1": 0.036350306, "out-net-h1": 0.241300709, "net-w1": 0.05,
           "E-w1": 0.000438568, "new-w1": 0.149780716},
    "w2": {"new-w2": 0.19956143},
    "w3": {"new-w3": 0.24975114},
    "w4": {"new-w4": 0.29950229},
}  # fmt: skip
PATHS_TO_H1 = [0.055399425, -0.019049119]
AFTER_ONE_UPDATE = 0.291027924
# With the new w5 to w8 in the gradients of w1 to w4, as its program has it and its text does not.
PRINTED_OUTPUTS = [0.015912196, 0.984065734]

# What is answered, and a part of what is said then; "" if it is right.
ANSWERS = {
    "w5": [
        ("E-out-o1", 0.741, ""),
        ("E-out-o1", 0.7413650695523157, ""),
        ("E-out-o1", 0.74, "rounded too early"),
        ("E-out-o1", -0.741, "The sign: it is out − target"),
        ("E-out-o1", 1.0959, "net instead of out"),
        ("E-out-o1", 0.2748, "the error itself"),
        ("out-net-o1", 0.187, ""),
        ("out-net-o1", -0.117, "net instead of out"),
        ("out-net-o1", 0.751, "forgot its derivative"),
        ("out-net-o1", 1.87, "decimal point"),
        ("net-w5", 0.3775, "net instead of out"),
        ("net-w5", 0.4, "That is the weight"),
        ("net-w5", 0.597, "comes out of h2"),
        ("E-w5", 0.0822, ""),
        ("E-w5", -0.0822, "out − target, not target − out"),
        ("E-w5", 0.43983, "forgot the derivative of o1"),
        ("E-w5", 0.04108, "learning rate already"),
        ("E-w5", 5, "Not yet"),
        ("new-w5", 0.359, ""),
        ("new-w5", 0.441, "subtracted"),
        ("new-w5", 0.318, "forgot the learning rate"),
    ],
    "w1": [
        ("net-out-w5", 0.4, ""),
        ("net-out-w5", 0.35891648, "new weight instead of the old"),
        ("net-out-w5", 0.5, "leads to o2"),
        ("net-out-w5", -0.4, "the sign is not"),
        ("E-out-h1", 0.0364, ""),
        ("E-out-h1", 0.0554, "forgot to sum over both outputs"),
        ("E-out-h1", -0.0190, "through o2 only"),
        ("E-out-h1", 0.03023, "new weights instead of the old"),
        ("E-w1", 0.000439, ""),
        ("E-w1", 0.000668, "forgot to sum over both outputs"),
        ("E-w1", 0.000365, "new weights instead of the old"),
        ("E-w1", 0.00182, "forgot the derivative of h1"),
    ],
}

TEXTS = {
    "0.05": 0.05, " -1,5 ": -1.5, "−2": -2, "1e-3": 0.001, ".5": 0.5,
    "": None, "abc": None, "1/2": None, "1.2.3": None, "Infinity": None, "NaN": None, "0x10": None,
}  # fmt: skip

COMPUTED = """async ([address, others, answers, texts]) => {
  const at = (name) => import(`${address}/backprop_${name}.js`);
  const { PUBLISHED, PARAMETERS, forward, gradients, updated, updatedOften } = await at("numbers");
  const { chain } = await at("chain");
  const { judge } = await at("slips");
  const { parse, read } = await at("reading");
  const valuesOf = (numbers, name) =>
    Object.fromEntries(chain(numbers, name).map(({ key, value }) => [key, value]));
  const error = (numbers) => forward(numbers).E;
  const withSlip = (numbers) => {
    const { w5, w6, w7, w8, ...rest } = updated(numbers, false);
    const late = { ...numbers, w5, w6, w7, w8 };
    const gradient = gradients(late, forward(numbers));
    for (const name of ["w1", "w2", "w3", "w4"]) late[name] -= numbers.rate * gradient[name];
    return late;
  };
  let slipped = PUBLISHED;
  const slippedOnce = error(withSlip(PUBLISHED));
  for (let k = 0; k < 10_000; k++) slipped = withSlip(slipped);
  return {
    values: forward(PUBLISHED),
    links: Object.fromEntries(PARAMETERS.map(({ name }) => [name, valuesOf(PUBLISHED, name)])),
    parts: chain(PUBLISHED, "w1").find(({ kind }) => kind === "sum").parts,
    afterOne: error(updated(PUBLISHED, false)),
    afterMany: error(updatedOften(PUBLISHED, false, 10_000)),
    slippedOnce, slippedMany: forward(slipped),
    biases: updated(PUBLISHED, false).b_o1,
    others: others.map((numbers) => ({
      values: forward(numbers), gradients: gradients(numbers, forward(numbers)),
      next: updated(numbers, true),
      products: Object.fromEntries(PARAMETERS.map(({ name }) =>
        [name, valuesOf(numbers, name)[`E-${name}`]])),
      differences: Object.fromEntries(PARAMETERS.map(({ name }) => {
        const moved = (by) => error({ ...numbers, [name]: numbers[name] + by });
        return [name, (moved(1e-5) - moved(-1e-5)) / 2e-5];
      })),
    })),
    said: Object.fromEntries(Object.entries(answers).map(([name, said]) => {
      const links = chain(PUBLISHED, name);
      return [name, said.map(([key, answer]) =>
        judge(links.find((link) => link.key === key), answer))];
    })),
    parsed: texts.map(parse),
    problems: [read("w5", "w5", "101"), read("t1", "t1", "2"), read("rate", "The rate", "")],
  };
}"""


def test_it_computes_what_was_published_and_what_nn_computes_and_names_the_slips(
    page: Page, how_scripts: str
) -> None:
    rng = np.random.default_rng(0)
    others = [_numbers(rng) for _ in range(5)]
    page.goto(f"{how_scripts}/terms.js")
    got = page.evaluate(COMPUTED, [how_scripts, others, ANSWERS, list(TEXTS)])

    _check_published(got)
    for numbers, computed in zip(others, got["others"], strict=True):
        _check_against_nn(numbers, computed)
    for name, answers in ANSWERS.items():
        for (key, answer, part), said in zip(answers, got["said"][name], strict=True):
            assert said["right"] == (part == ""), (name, key, answer, said)
            assert part in said.get("words", ""), (name, key, answer, said)
    assert got["parsed"] == list(TEXTS.values())
    assert [problem["problem"] for problem in got["problems"]] == [
        "w5 must be a number from −100 to 100, not “101”.",
        "t1 must be a number from 0 to 1: a sigmoid gives nothing else, not “2”.",
        "The rate must be a number from 0 to 100, and it is empty.",
    ]


def _check_published(got: dict) -> None:
    for name, value in VALUES.items():
        assert got["values"][name] == pytest.approx(value, abs=1e-9)
    for weight, links in FACTORS.items():
        for key, value in links.items():
            assert got["links"][weight][key] == pytest.approx(value, abs=1e-8)
    assert got["parts"] == pytest.approx(PATHS_TO_H1, abs=1e-9)
    assert got["afterOne"] == pytest.approx(AFTER_ONE_UPDATE, abs=5e-7)
    assert got["slippedOnce"] == pytest.approx(AFTER_ONE_UPDATE, abs=1e-9)
    outputs = [got["slippedMany"][f"out_{name}"] for name in ("o1", "o2")]
    assert outputs == pytest.approx(PRINTED_OUTPUTS, abs=1e-9)
    # Both far below a thousandth, and told apart in the words below the picture.
    assert got["slippedMany"]["E"] == pytest.approx(0.0000350848, abs=1e-10)
    assert got["afterMany"] == pytest.approx(0.0000351019, abs=1e-10)
    assert got["biases"] == 0.6


def _numbers(rng: np.random.Generator) -> dict[str, float]:
    names = [
        "i1",
        "i2",
        *(f"w{k}" for k in range(1, 9)),
        *(f"b_{n}" for n in ("h1", "h2", "o1", "o2")),
    ]
    numbers = {name: float(rng.normal()) for name in names}
    return numbers | {"t1": float(rng.random()), "t2": float(rng.random()), "rate": 0.3}


def _check_against_nn(numbers: dict[str, float], computed: dict) -> None:
    layers = [nn.Linear(2, 2), nn.Sigmoid(), nn.Linear(2, 2), nn.Sigmoid()]
    network = nn.Network(layers, dtype=np.float64)
    network.load_state_dict(
        {
            "0.weight": np.array([[numbers["w1"], numbers["w2"]], [numbers["w3"], numbers["w4"]]]),
            "0.bias": np.array([numbers["b_h1"], numbers["b_h2"]]),
            "2.weight": np.array([[numbers["w5"], numbers["w6"]], [numbers["w7"], numbers["w8"]]]),
            "2.bias": np.array([numbers["b_o1"], numbers["b_o2"]]),
        }
    )
    outputs = network.forward(np.array([[numbers["i1"], numbers["i2"]]]))
    targets = np.array([[numbers["t1"], numbers["t2"]]])
    loss, gradient = HalfSquaredError()(outputs, targets)
    assert [computed["values"][f"out_{name}"] for name in ("o1", "o2")] == pytest.approx(outputs[0])
    assert computed["values"]["E"] == pytest.approx(loss)

    network.backward(gradient)
    gradients = _by_name(network.named_gradients())
    for kind in ("gradients", "products"):
        assert computed[kind] == pytest.approx(gradients, rel=1e-10)
    assert computed["differences"] == pytest.approx(gradients, rel=1e-6, abs=1e-9)
    nn.SGD(network.parameters, network.gradients, numbers["rate"]).step()
    after = _by_name(network.named_parameters())
    assert {name: computed["next"][name] for name in after} == pytest.approx(after)


def _by_name(arrays: dict[str, np.ndarray]) -> dict[str, float]:
    weights = [*arrays["0.weight"].flat, *arrays["2.weight"].flat]
    by_name = {f"w{number}": float(weight) for number, weight in enumerate(weights, start=1)}
    for layer, letter in (("0", "h"), ("2", "o")):
        for number, bias in enumerate(arrays[f"{layer}.bias"], start=1):
            by_name[f"b_{letter}{number}"] = float(bias)
    return by_name
