"""The help of fields whose names are not shown: Streamlit would hide it together with the name."""


def help_beside(key: str) -> str:
    """CSS with which its question mark stands behind the field instead.

    Args:
        key: of a widget whose `label_visibility` is collapsed.
    """
    label = '[data-testid="stWidgetLabel"]'
    return f"""
.st-key-{key} :has(> {label}) {{ display: flex; align-items: center; gap: 0.25rem; }}
.st-key-{key} {label} {{ display: flex; order: 1; margin: 0; }}
.st-key-{key} {label} ~ * {{ flex: 1; }}
.st-key-{key} {label} > [aria-hidden] {{ display: none; }}
"""
