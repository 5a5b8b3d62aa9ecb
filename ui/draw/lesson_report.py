"""What came of the lessons that a visitor gave their own copy of a model."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from ui.draw.lessons import lessons
from ui.models.model_choice import ModelChoice
from ui.shared.counted import counted
from ui.shared.percent import percent, probability_percent
from ui.shared.url_text import plain


def lesson_report(choice: ModelChoice, images: Sequence[np.ndarray]) -> None:
    """Say what the visitor's lessons to this model have brought and cost; nothing without any.

    `images` are what is drawn now, (28, 28) in [0, 1] each.
    """
    kept = lessons(choice)
    if kept is None:
        return
    if kept.network is None:
        st.markdown(
            "This is the model as it was: your own copy had to make room for those of other "
            "visitors. With your next lesson it learns all again that you taught it."
        )
        return
    count, exam = len(kept.images), kept.exam
    words = f"This is **your own copy** of the model; you taught it {counted(count, 'drawing')}."
    if any(kept.is_last(image) for image in images):
        before, now = kept.before, kept.now
        words += (
            f" It read this as **{plain(before.label)}** "
            f"({probability_percent(before.probability)}), now as **{plain(now.label)}** "
            f"({probability_percent(now.probability)})."
        )
        if now.label != kept.right_label:
            words += " That is not enough yet: say it again."
    unknown = ", which it has never learned from," if exam.own else ""
    words += (
        f" Of {exam.count:,} {exam.what}{unknown} it reads "
        f"**{percent(exam.now / exam.count, exam.count)}** "
        f"right; without your lessons {percent(exam.before / exam.count, exam.count)}."
    )
    if exam.alone:
        words += " It looked at each of them alone, not at moved or turned copies too."
    if not exam.own:
        words += (
            " They are not the kind of images this model learned from, so this does not show what "
            "it has forgotten of those."
        )
    st.markdown(words)
