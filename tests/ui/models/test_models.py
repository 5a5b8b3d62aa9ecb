"""Which models can be chosen, what they are called, and how the choice is kept."""

import hashlib
import json
import os

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import nn
from nn.cli.evaluate import save_predictions
from nn.runs import RunWriter, write_name
from ui.models import list as model_list
from ui.models.list import list_models
from ui.models.load import load_model
from ui.runs.owners import Owner, write_owner

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(16, 8)).to_dict()


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """Empty folders for shipped models and for runs."""
    shipped, runs = tmp_path / "models", tmp_path / "runs"
    shipped.mkdir()
    runs.mkdir()
    monkeypatch.setattr(model_list, "SHIPPED_FOLDER", shipped)
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(runs))
    st.cache_resource.clear()
    return shipped, runs


def save_model(path, widths=(784, 32, 10), **metadata):
    nn.save(nn.Network.mlp(widths, metadata=metadata), path)


@pytest.fixture
def shipped_model(folders):
    path = folders[0] / "default.safetensors"
    save_model(path, dataset="mnist", labels=json.dumps(list("0123456789")))
    return path


@pytest.fixture
def add_run(folders):
    def add(name, closing=None, **fields):
        with RunWriter(folders[1] / name, CONFIG) as writer:
            writer.write("started", dataset="digits")
            save_model(folders[1] / name / "model.safetensors", (784, 16, 8, 10), dataset="digits")
            if closing:
                writer.write(closing, **fields)
        return folders[1] / name

    return add


def test_nothing_there_is_an_empty_list():
    assert list_models() == []


def test_shipped_model_tells_its_widths_and_data(shipped_model):
    (choice,) = list_models()
    assert (choice.key, choice.dataset, choice.run) == ("default", "mnist", None)
    assert choice.title == "default · MNIST · 784-32-10"


def test_a_shipped_ensemble_tells_its_networks(shipped_model):
    networks = [nn.Network.mlp([784, width, 10]) for width in (8, 8, 12)]
    nn.save(nn.join(networks), shipped_model)
    assert list_models()[0].title == "default · 2 × 784-8-10 + 784-12-10"
    nn.save(nn.join(networks[:2]), shipped_model)
    assert list_models()[0].title == "default · 2 × 784-8-10"


def test_shipped_model_tells_the_accuracy_of_its_saved_predictions(shipped_model):
    labels = np.arange(200, dtype=np.uint8) % 10
    probabilities = np.eye(10, dtype=np.float16)[labels]
    probabilities[:3] = np.roll(probabilities[:3], 1, axis=1)
    path = shipped_model.with_suffix(".test_predictions.npz")
    save_predictions(path, probabilities, labels, shipped_model)
    assert list_models()[0].title == "default · 98.5\xa0% · MNIST · 784-32-10"
    # Those of another file of this name say nothing.
    save_model(shipped_model, dataset="mnist", labels=json.dumps(list("9876543210")))
    assert list_models()[0].title == "default · MNIST · 784-32-10"


def test_damaged_predictions_only_cost_the_number(shipped_model):
    shipped_model.with_suffix(".test_predictions.npz").write_bytes(b"PK\x03\x04 no archive")
    assert list_models()[0].title == "default · MNIST · 784-32-10"


def test_default_comes_first_among_the_shipped(shipped_model, folders):
    save_model(folders[0] / "aardvark.safetensors", dataset="usps")
    assert [choice.key for choice in list_models()] == ["default", "aardvark"]


def test_damaged_shipped_file_is_left_out(shipped_model, folders):
    (folders[0] / "broken.safetensors").write_bytes(b"nothing of use")
    assert [choice.key for choice in list_models()] == ["default"]


def test_runs_follow_with_their_result(shipped_model, add_run):
    add_run("20250101-120000-aaaa", "finished", test_accuracy=0.9781)
    shipped, trained = list_models()
    assert shipped.key == "default"
    assert (trained.key, trained.dataset) == ("20250101-120000-aaaa", "digits")
    assert trained.title.startswith("Training of ")
    assert "784-16-8-10" in trained.title
    assert " · 97.8" in trained.title


def test_the_name_of_a_run_comes_first_and_its_date_last(add_run):
    folder = add_run("20250101-120000-aaaa", "finished", test_accuracy=0.9781)
    date = list_models()[0].title.split(" · ")[0].removeprefix("Training of ")
    write_name(folder, "Deep and wide")
    title = list_models()[0].title
    assert title.startswith("“Deep and wide” · 97.8")
    assert title.endswith(f" · {date}")
    assert "784-16-8-10" in title


def test_a_run_named_like_a_shipped_model_does_not_hide_it(shipped_model, add_run):
    add_run("default")
    assert [(choice.key, choice.run is None) for choice in list_models()] == [
        ("default", True),
        ("run-default", False),
    ]


def test_run_in_training_is_listed_as_such(add_run, folders):
    with RunWriter(folders[1] / "20250101-120000-aaaa", CONFIG) as writer:
        writer.write("started", dataset="digits")
        save_model(folders[1] / "20250101-120000-aaaa" / "model.safetensors")
        assert " · training · " in list_models()[0].title


def test_run_without_a_model_yet_is_not_listed(folders):
    with RunWriter(folders[1] / "20250101-120000-aaaa", CONFIG) as writer:
        writer.write("started", dataset="digits")
        assert list_models() == []


def test_two_runs_of_one_minute_keep_different_titles(add_run):
    add_run("20250101-120000-aaaa", "finished", test_accuracy=0.9)
    add_run("20250101-120000-bbbb", "finished", test_accuracy=0.9)
    assert len({choice.title for choice in list_models()}) == 2


def test_network_is_read_once_and_again_when_its_file_changes(shipped_model):
    (choice,) = list_models()
    first = load_model(choice)
    assert load_model(choice) is first
    save_model(shipped_model, (784, 64, 10))
    os.utime(shipped_model, ns=(0, 1))
    assert load_model(choice).layers[0].out_features == 64


def test_damaged_model_of_a_run_is_refused_in_words(add_run):
    folder = add_run("20250101-120000-aaaa", "finished")
    (folder / "model.safetensors").write_bytes(b"cut off")
    with pytest.raises(ValueError, match="model"):
        load_model(list_models()[0])


def test_model_whose_file_is_gone_is_refused_in_words(shipped_model):
    (choice,) = list_models()
    shipped_model.unlink()
    with pytest.raises(ValueError, match="is gone"):
        load_model(choice)


def page():
    import streamlit as st

    from ui.models.select import model_select
    from ui.shared import address

    address.follow_visitor()
    choice = model_select()
    st.text(choice.key if choice else "no model")


def run_page(**query):
    app = AppTest.from_function(page)
    app.query_params.update(query)
    return app.run()


def test_first_model_is_chosen_without_a_word_in_the_url(shipped_model, add_run):
    add_run("run-a", "finished")
    app = run_page()
    assert app.text[0].value == "default"
    assert "model" not in app.query_params


def test_url_chooses_the_model(shipped_model, add_run):
    add_run("run-a", "finished")
    app = run_page(model="run-a")
    assert app.text[0].value == "run-a"
    assert app.selectbox[0].value == "run-a"
    assert not app.warning


def test_unknown_model_in_the_url_gives_the_first_and_a_notice(shipped_model):
    app = run_page(model="lost")
    assert app.text[0].value == "default"
    assert "lost" in app.warning[0].value


def test_a_link_to_a_training_that_has_failed_says_so(shipped_model, folders):
    with RunWriter(folders[1] / "run-a", CONFIG) as writer:
        writer.write("failed", message="training diverged")
    app = run_page(model="run-a")
    assert app.text[0].value == "default"
    assert "run-a" in app.warning[0].value
    assert "has failed and has left no network" in app.warning[0].value


def test_choice_goes_to_the_url(shipped_model, add_run):
    add_run("run-a", "finished")
    app = run_page(model="lost")
    app.selectbox[0].set_value("run-a").run()
    assert app.text[0].value == "run-a"
    assert app.query_params["model"] == "run-a"
    assert not app.warning


def test_a_title_from_before_it_changed_is_no_choice(shipped_model, add_run):
    add_run("run-a", "finished")
    app = run_page(model="run-a")
    box = app.selectbox[0]
    box.options.append("default, taught 1 digit by you")  # as the browser still has it
    box.set_value("default, taught 1 digit by you").run()
    assert not app.exception
    assert app.text[0].value == app.selectbox[0].value == "run-a"


def test_going_back_to_an_address_without_a_model_gives_the_first(shipped_model, add_run):
    add_run("run-a", "finished")
    app = run_page(model="run-a")
    del app.query_params["model"]
    app.run()
    assert app.text[0].value == app.selectbox[0].value == "default"
    assert "model" not in app.query_params


def test_without_models_one_is_told_to_train(monkeypatch):
    monkeypatch.setattr(st, "page_link", lambda *args, **options: None)
    app = run_page()
    assert app.text[0].value == "no model"
    assert "Train" in app.info[0].value


def own_page():
    import streamlit as st

    from ui.models.select import model_select, prefer_model
    from ui.shared import address

    address.follow_visitor()
    prefer_model("run-a")
    choice = model_select()
    st.text(choice.key)


def test_ones_own_newest_run_is_chosen_first_and_says_so(shipped_model, add_run, browser):
    browser["cookie"] = "k" * 43
    mine = hashlib.sha256(browser["cookie"].encode()).hexdigest()
    write_owner(add_run("run-a", "finished"), Owner((mine,)))
    write_owner(add_run("run-b", "finished"), Owner(("another",)))
    app = AppTest.from_function(own_page).run()
    assert app.text[0].value == "run-a"
    own = [
        option for option in app.selectbox[0].options if option.startswith("Yours: Training of ")
    ]
    assert len(own) == 1
    app.selectbox[0].set_value("default").run()
    assert app.text[0].value == "default"
