"""What a browser sends of a widget: its value, as Streamlit's protocol has it."""

from typing import Any

from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1.element_tree import ButtonGroup, Widget, get_widget_state

TRIGGERS = {"trigger_value", "json_trigger_value", "string_trigger_value", "chat_input_value"}
"""Values that are sent once and not kept."""


def widget_state(widget: Widget, value: Any) -> WidgetState:
    """A widget with a value as AppTest has it; of a row of buttons the one that is chosen."""
    if isinstance(widget, ButtonGroup):
        state = WidgetState(id=widget.id)
        state.string_array_value.data.append(value)
        return state
    return get_widget_state(widget.set_value(value)) or WidgetState()


def chosen_file(uploader: str, urls: FileURLs, name: str, size: int) -> WidgetState:
    """The value of the file uploader with this id, once the file has been sent."""
    state = WidgetState(id=uploader)
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.file_id, info.name, info.size = urls.file_id, name, size
    info.file_urls.CopyFrom(urls)
    return state
