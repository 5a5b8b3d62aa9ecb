"""Optimizers: the same steps as torch.optim, and what is asked of them besides."""

import numpy as np
import pytest

from nn.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, RMSprop

SIZE = 50
STEPS = 25

CASES = {
    "sgd": (SGD, {}, "SGD", {}),
    "momentum": (SGD, {"momentum": 0.9}, "SGD", {"momentum": 0.9}),
    "nesterov": (
        SGD,
        {"momentum": 0.8, "nesterov": True, "weight_decay": 0.01},
        "SGD",
        {"momentum": 0.8, "nesterov": True, "weight_decay": 0.01},
    ),
    "rmsprop": (RMSprop, {}, "RMSprop", {}),
    "rmsprop alpha": (
        RMSprop,
        {"alpha": 0.5, "eps": 1e-3, "weight_decay": 0.1},
        "RMSprop",
        {"alpha": 0.5, "eps": 1e-3, "weight_decay": 0.1},
    ),
    "adagrad": (Adagrad, {"weight_decay": 0.02}, "Adagrad", {"weight_decay": 0.02}),
    "adadelta": (Adadelta, {}, "Adadelta", {}),
    "adadelta rho": (
        Adadelta,
        {"rho": 0.7, "eps": 1e-4, "weight_decay": 0.1},
        "Adadelta",
        {"rho": 0.7, "eps": 1e-4, "weight_decay": 0.1},
    ),
    "adam": (Adam, {}, "Adam", {}),
    "adam l2": (
        Adam,
        {"betas": (0.8, 0.95), "eps": 1e-4, "weight_decay": 0.1},
        "Adam",
        {"betas": (0.8, 0.95), "eps": 1e-4, "weight_decay": 0.1},
    ),
    "adamw": (AdamW, {"weight_decay": 0.1}, "AdamW", {"weight_decay": 0.1}),
}


def vectors(dtype=np.float32):
    """Starting parameters, the vector for gradients, and one gradient per step."""
    rng = np.random.default_rng(1)
    parameters = rng.standard_normal(SIZE).astype(dtype)
    # Sizes over several powers of ten: the rules differ most where gradients are small.
    sizes = 10.0 ** rng.uniform(-4, 1, SIZE)
    steps = (rng.standard_normal((STEPS, SIZE)) * sizes).astype(dtype)
    return parameters, np.zeros(SIZE, dtype), steps


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("learning_rate", [0.001, 0.3])
def test_same_steps_as_pytorch(case, learning_rate, monkeypatch):
    monkeypatch.setattr("nn.optimizers.optimizer.BLOCK", 7)  # several blocks, and a rest
    torch = pytest.importorskip("torch")
    cls, arguments, torch_name, torch_arguments = CASES[case]
    parameters, gradients, steps = vectors()
    theirs = torch.nn.Parameter(torch.tensor(parameters))
    torch_optimizer = getattr(torch.optim, torch_name)(
        [theirs], lr=learning_rate, **torch_arguments
    )
    optimizer = cls(parameters, gradients, learning_rate, **arguments)
    for gradient in steps:
        theirs.grad = torch.tensor(gradient)
        torch_optimizer.step()
        gradients[:] = gradient
        optimizer.step()
        np.testing.assert_allclose(parameters, theirs.detach().numpy(), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("limit", [0.5, 1e6])
def test_clipping_and_penalties_as_in_pytorch(limit, monkeypatch):
    monkeypatch.setattr("nn.optimizers.optimizer.BLOCK", 7)
    torch = pytest.importorskip("torch")
    parameters, gradients, steps = vectors()
    theirs = torch.nn.Parameter(torch.tensor(parameters))
    torch_optimizer = torch.optim.SGD([theirs], lr=0.1, momentum=0.9, weight_decay=0.01)
    optimizer = SGD(
        parameters, gradients, 0.1, momentum=0.9, weight_decay=0.01, l1=0.02, max_grad_norm=limit
    )
    for gradient in steps:
        theirs.grad = torch.tensor(gradient)
        torch.nn.utils.clip_grad_norm_([theirs], limit)
        theirs.grad += 0.02 * theirs.detach().sign()
        torch_optimizer.step()
        gradients[:] = gradient
        optimizer.step()
        np.testing.assert_allclose(parameters, theirs.detach().numpy(), rtol=1e-5, atol=1e-5)


def test_plain_step_by_hand():
    parameters, gradients = np.array([1.0, -2.0]), np.array([0.5, 4.0])
    SGD(parameters, gradients, learning_rate=0.1).step()
    np.testing.assert_allclose(parameters, [0.95, -2.4])


def test_momentum_by_hand():
    parameters, gradients = np.array([0.0]), np.array([1.0])
    optimizer = SGD(parameters, gradients, learning_rate=1.0, momentum=0.5)
    positions = []
    for _ in range(3):
        optimizer.step()
        positions.append(float(parameters[0]))
    # Velocities 1, 1.5, 1.75: the first step is a plain one.
    assert positions == [-1.0, -2.5, -4.25]


def test_first_step_of_adam_has_the_length_of_the_learning_rate():
    parameters, gradients = np.zeros(3), np.array([1e-3, -5.0, 1e4])
    Adam(parameters, gradients, learning_rate=0.01).step()
    np.testing.assert_allclose(parameters, [-0.01, 0.01, -0.01], rtol=1e-4)


def test_decoupled_weight_decay_shrinks_without_gradient():
    parameters, gradients = np.array([2.0]), np.array([0.0])
    AdamW(parameters, gradients, learning_rate=0.1, weight_decay=0.5).step()
    np.testing.assert_allclose(parameters, [2.0 * (1 - 0.1 * 0.5)])


def test_l1_pulls_towards_zero_and_leaves_zero_alone():
    parameters, gradients = np.array([1.0, -1.0, 0.0]), np.zeros(3)
    SGD(parameters, gradients, learning_rate=0.1, l1=0.5).step()
    np.testing.assert_allclose(parameters, [0.95, -0.95, 0.0])


def test_clipping_is_by_the_norm_of_the_whole_vector():
    parameters, gradients = np.zeros(2), np.array([30.0, 40.0])
    SGD(parameters, gradients, learning_rate=1.0, max_grad_norm=5.0).step()
    np.testing.assert_allclose(parameters, [-3.0, -4.0], rtol=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_works_in_place_and_leaves_the_gradients_alone(case):
    cls, arguments, _, _ = CASES[case]
    parameters, gradients, steps = vectors()
    view = parameters[10:20]
    before = view.copy()
    gradients[:] = steps[0]
    cls(parameters, gradients, **(arguments | {"l1": 0.1, "max_grad_norm": 0.1})).step()
    assert (view != before).all()
    np.testing.assert_array_equal(gradients, steps[0])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("block", [7, 1000])
def test_parts_do_together_what_the_whole_does(case, block, monkeypatch):
    """As several processes use them, of whose parts some are longer than a block."""
    monkeypatch.setattr("nn.optimizers.optimizer.BLOCK", block)
    cls, arguments, _, _ = CASES[case]
    (whole, gradients, steps), (divided, other_gradients, _) = vectors(), vectors()
    optimizer = cls(whole, gradients, 0.01, **arguments, l1=0.1)
    other = cls(divided, other_gradients, 0.01, **arguments, l1=0.1)
    parts = [other.part(0, 17), other.part(17, 20), other.part(20, SIZE)]
    for gradient in steps:
        gradients[:] = other_gradients[:] = gradient
        optimizer.step()
        for part in parts:
            part.step()
    np.testing.assert_array_equal(divided, whole)


@pytest.mark.parametrize("case", CASES)
def test_goes_on_exactly_from_its_state(case):
    cls, arguments, _, _ = CASES[case]
    parameters, gradients, steps = vectors()
    optimizer = cls(parameters, gradients, 0.01, **arguments)
    for gradient in steps[:10]:
        gradients[:] = gradient
        optimizer.step()
    saved_parameters, saved_state = parameters.copy(), optimizer.state_dict()
    for gradient in steps[10:]:
        gradients[:] = gradient
        optimizer.step()

    other_gradients = np.zeros_like(gradients)
    other = cls(saved_parameters, other_gradients, 0.5, **arguments)
    other.load_state_dict(saved_state)
    for gradient in steps[10:]:
        other_gradients[:] = gradient
        other.step()
    np.testing.assert_array_equal(saved_parameters, parameters)


def test_learning_rate_may_change_between_steps():
    parameters, gradients = np.zeros(1), np.ones(1)
    optimizer = SGD(parameters, gradients, learning_rate=1.0)
    optimizer.step()
    optimizer.learning_rate = 0.25
    optimizer.step()
    assert parameters[0] == -1.25


def test_refuses_the_state_of_another_optimizer():
    parameters, gradients, _ = vectors()
    adam = Adam(parameters, gradients)
    with pytest.raises(ValueError, match="the state of Adam must hold"):
        adam.load_state_dict(SGD(parameters, gradients).state_dict())
    shorter = Adam(parameters[:5], gradients[:5])
    with pytest.raises(ValueError, match=r"float32 of shape \(50,\), got float32 of shape \(5,\)"):
        adam.load_state_dict(shorter.state_dict())


@pytest.mark.parametrize(
    ("cls", "arguments", "message"),
    [
        (SGD, {"learning_rate": -0.1}, r"learning_rate must be a number in \[0, inf\), got -0.1"),
        (SGD, {"learning_rate": float("nan")}, "learning_rate must be a number"),
        (SGD, {"momentum": 1.0}, r"momentum must be a number in \[0, 1\), got 1"),
        (SGD, {"nesterov": True}, "nesterov needs a momentum above 0"),
        (SGD, {"weight_decay": -1}, "weight_decay must be"),
        (SGD, {"l1": "much"}, "l1 must be a number"),
        (SGD, {"max_grad_norm": 0}, r"max_grad_norm must be a number in \(0, inf\), got 0"),
        (RMSprop, {"alpha": 2}, "alpha must be"),
        (Adadelta, {"rho": -1}, "rho must be"),
        (Adam, {"betas": (0.9, 1.0)}, r"betas\[1\] must be"),
        (Adagrad, {"eps": 0}, "eps must be"),
    ],
)
def test_refuses_what_is_out_of_range(cls, arguments, message):
    with pytest.raises(ValueError, match=message):
        cls(np.zeros(3), np.zeros(3), **arguments)


def test_refuses_vectors_that_do_not_fit():
    with pytest.raises(ValueError, match="vectors of the same length"):
        SGD(np.zeros(3), np.zeros(4))
