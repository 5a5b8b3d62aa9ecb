"""What waits in Streamlit's queue for the browser while a fragment begins to run again."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from ui.server.unsent import send_all


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> ForwardMsgQueue:
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)  # put back afterwards
    send_all()
    return ForwardMsgQueue()


def drawn(place: int, text: str, fragment: str = "") -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, place])
    message.delta.new_element.text.body = text
    message.delta.fragment_id = fragment
    return message


def sent(queue: ForwardMsgQueue) -> list[tuple[int, str]]:
    return [
        (message.metadata.delta_path[-1], message.delta.new_element.text.body)
        for message in queue.flush()
    ]


def test_no_place_is_filled_before_those_in_front_of_it(queue):
    queue.enqueue(drawn(0, "accuracy", "view"))
    queue.enqueue(drawn(1, "share"))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["view"])
    queue.enqueue(drawn(0, "newer accuracy", "view"))
    assert sent(queue) == [(0, "accuracy"), (1, "share"), (0, "newer accuracy")]


def test_a_run_of_the_whole_page_takes_the_place_of_all_that_waits(queue):
    queue.enqueue(drawn(0, "accuracy", "view"))
    queue.enqueue(drawn(1, "share"))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=None)
    queue.enqueue(drawn(0, "newer accuracy", "view"))
    assert sent(queue) == [(0, "newer accuracy")]
