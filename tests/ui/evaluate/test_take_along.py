"""The buttons that give the network away, and what they give."""

import json
import re

import numpy as np
import pytest

import data
import nn
from nn.export import FORMATS
from nn.export import formats as module
from nn.runs import RunWriter, write_name
from tests.ui.evaluate.evaluate_page import page, save, words
from ui.evaluate import take_along


@pytest.fixture
def contents(monkeypatch):
    """What each button would give, by its format, once it is pressed."""
    found = {}
    draw = take_along.st.download_button

    def button(label, content, name, *args, **options):
        if "key" in options:
            found[options["key"].removeprefix("export_")] = (name, content)
        return draw(label, content, name, *args, **options)

    monkeypatch.setattr(take_along.st, "download_button", button)
    return found


def test_each_format_has_a_button(shipped, chart):
    save(shipped / "default.safetensors")
    buttons = [button for button in page().get("download_button") if "CSV" not in button.label]
    assert [button.label for button in buttons] == [format.title for format in FORMATS.values()]
    assert all(button.proto.help and not button.proto.disabled for button in buttons)


def test_a_file_is_made_when_it_is_asked_for(shipped, chart, contents, monkeypatch):
    save(shipped / "default.safetensors", always=3)
    with monkeypatch.context() as patch:
        patch.setattr(take_along, "export", pytest.fail)
        page()
    name, content = contents["json"]
    assert name == "default.json"
    read = json.loads(content())
    assert read["labels"][3] == "3"
    assert read["about"]["name"] == "default"
    assert read["about"]["data"] == data.DATASETS["digits"].title
    assert read["about"]["accuracy"].endswith("of 355 Small digits (built in) test images")
    weight = nn.load(shipped / "default.safetensors").state_dict()["0.weight"]
    np.testing.assert_array_equal(np.float32(read["layers"][0]["weight"]), weight)


def test_without_onnx_its_button_says_so(shipped, chart, monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    save(shipped / "default.safetensors")
    (button,) = (b for b in page().get("download_button") if b.label.startswith("ONNX"))
    assert button.label == "ONNX: not installed here"
    assert button.proto.disabled
    assert "pip install -r requirements-onnx.txt" in button.proto.help


def test_averages_can_be_left_out_and_that_is_said(shipped, chart, contents):
    network = nn.Network.mlp(
        [784, 10], averaging=nn.Averaging(shift=1), metadata={"dataset": "digits"}
    )
    nn.save(network, shipped / "default.safetensors")
    app = page()
    assert "is the mean over copies of the image moved by up to 1 px; a JSON file" in words(app)
    assert contents["numpy"][0] == "default.py"
    assert b"def copies" in contents["numpy"][1]()
    app.toggle(key="export_averages").set_value(False).run()
    assert "**Left out**: the mean over copies of the image moved by up to 1 px" in words(app)
    assert contents["numpy"][0] == "default_alone.py"
    assert contents["json"][0] == "default.json"  # in which they never are
    assert b"def copies" not in contents["numpy"][1]()


def test_a_model_without_averages_has_no_switch_for_them(shipped, chart):
    save(shipped / "default.safetensors")
    assert "export_averages" not in [toggle.key for toggle in page().toggle]


def test_the_files_of_a_run_are_called_as_people_see_it(tmp_path, shipped, chart, contents):
    folder = tmp_path / "runs" / "20261129-120935-604-0f5884"
    with RunWriter(folder, nn.TrainingConfig(dataset="digits", hidden=()).to_dict()) as writer:
        writer.write("started", dataset="digits", epochs=5)
        save(folder / "model.safetensors")
        writer.write("finished", step=10, epoch=1)
    page(model=folder.name)
    assert re.fullmatch(r"Training_of_\d+_\w+_\d\d_\d\d\.onnx", contents["onnx"][0])
    write_name(folder, "Mein Netz!")
    page(model=folder.name)
    assert contents["pytorch"][0] == "Mein_Netz-pytorch.zip"
