"""What each kept moment says of an image, as lines of NumPy to copy."""

from ui.inside.copied_code import IMPORTS
from ui.inside.copied_moments import MOMENTS


def time_code() -> str:
    """Lines that print step and probabilities of each moment."""
    return f"""{IMPORTS}
with np.load("images.npz") as files:
    images = files["images"]
with np.load("{MOMENTS}") as files:  # the weights of each moment: (moments, ...) by their names
    moments = {{name: files[name] for name in files}}
steps = moments.pop("step")
model.TEMPERATURE = 1  # measured at the end of the training only
for k, step in enumerate(steps):
    for name, tensors in moments.items():
        model.TENSORS[name] = tensors[k].astype(np.float32)
    print(step, model.probabilities(images / 255)[0])
"""
