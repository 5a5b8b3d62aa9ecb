"""What programs of all libraries have in common: head, copies of an image, pictures, end.

Whatever comes from a model's file stands in a program as a literal (`repr`), so that it can't be
code there.
"""

import textwrap

from nn.export.plan import INK, Plan

COPIES = '''
def copies(images):
    """The images turned each way, and all of these moved down, up, right and left, one by one."""
    side, ways = images.shape[1], ((1, 0), (-1, 0), (0, 1), (0, -1))
    y, x = np.indices((side, side)).reshape(2, -1, 1) - (side - 1) / 2
    for angle in np.radians([-ROTATION, 0, ROTATION] if ROTATION else [0]):
        rows, columns = np.cos(angle) * y - np.sin(angle) * x, np.sin(angle) * y + np.cos(angle) * x
        # Each pixel is taken from (row, column), between the pixels there: so much of each.
        shares = np.maximum(1 - abs(rows - y.T), 0) * np.maximum(1 - abs(columns - x.T), 0)
        turned = images.reshape(-1, side * side) @ shares.T.astype(np.float32)
        wide = np.pad(turned.reshape(images.shape), ((0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT)))
        for down, right in {(k * d, k * r) for k in range(SHIFT + 1) for d, r in ways}:
            yield wide[:, SHIFT - down :, SHIFT - right :][:, :side, :side]
'''

PICTURE = '''
def read_picture(path):
    """A picture as an image: grey, small, and turned into its negative if its paper is light."""
    from PIL import Image

    image = np.float32(Image.open(path).convert("L").resize(({width}, {height}))) / 255
    return (1 - image if np.median(image) > 0.5 else image).reshape({shape})
'''

MAIN = """
if __name__ == "__main__":
    for path in sys.argv[1:] or sys.exit(__doc__):
        try:
            image = read_picture(path)
        except Exception as error:
            sys.exit(f"{path} can't be read as a picture: {error}")
        chances = probabilities(image[np.newaxis])[0]
        print(path, *(f"{LABELS[k]}: {chances[k]:.2%}" for k in np.argsort(-chances)), sep="  ")
"""


def docstring(plan: Plan, title: str, usage: str, needs: str) -> str:
    """The words at the top of a program."""
    lines = [
        title,
        "",
        usage,
        "",
        f"Images are arrays {batch(plan)} of numbers {INK}.",
        "A picture must show a single sign with the margins it has in the data: it is made grey",
        "and small, and nothing else.",
        *averages(plan),
        f"It needs {needs}, and Pillow to read pictures.",
    ]
    return '"""' + "\n".join(lines) + '\n"""\n'


def averages(plan: Plan) -> list[str]:
    """What the head says of test-time averages, in lines."""
    if plan.averaging:
        return [
            f"Each answer is the mean over {plan.averaging.copies} copies of the image,",
            f"{plan.averaging}; with SHIFT, ROTATION = 0, 0 it is of the image alone.",
        ]
    words = plan.about.get("averages", "")
    return textwrap.wrap(f"{words.capitalize()}.", 90) if words else []


def constants(plan: Plan) -> str:
    """The numbers and words that a program begins with."""
    lines = [
        f"ABOUT = {plan.about!r}",
        f"LABELS = {plan.labels!r}",
        f"MEAN, STD, TEMPERATURE = {plan.mean!r}, {plan.std!r}, {plan.temperature!r}",
    ]
    if plan.averaging:
        lines.append(f"SHIFT, ROTATION = {plan.averaging.shift!r}, {plan.averaging.rotation!r}")
    return "\n".join(lines) + "\n"


def copies(plan: Plan) -> str:
    """The functions that make copies of images; "" for a network that looks at images alone."""
    if not plan.averaging:
        return ""
    return COPIES + "\n"


def picture(plan: Plan) -> str:
    """The function that reads pictures."""
    height, width = plan.shape if len(plan.shape) == 2 else (1, *plan.shape)
    return PICTURE.format(width=width, height=height, shape=plan.shape)


def batch(plan: Plan) -> str:
    """The shape of images, in words: "(n, 28, 28)"."""
    return f"(n, {', '.join(map(str, plan.shape))})"


def classes(plan: Plan) -> str:
    """The same of probabilities."""
    return f"(n, {len(plan.labels)})"
