"""What stands on a page at a moment, as a browser would know it from the server's messages."""

from dataclasses import dataclass, field

from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1.element_tree import (
    ElementTree,
    Widget,
    parse_tree_from_messages,
)

Path = tuple[int, ...]


@dataclass(frozen=True)
class Component:
    """A component that stands on the page, and the fragment that it belongs to, "" for none."""

    proto: BidiComponent
    fragment: str


@dataclass
class _Placed:
    """What stands at a place, and the run of the page or of a fragment that has put it there."""

    message: ForwardMsg
    run: str


@dataclass
class _Kept:
    """A message that is kept, and the number of runs when it came last."""

    message: ForwardMsg
    used: int


@dataclass
class Screen:
    """Takes the server's messages one by one.

    session: Streamlit's name for this visit.
    page: the hash of the page that is shown; pages: those of all pages, by their paths.
    query: what stands behind the page's path in the address, without "?".
    runs: so many runs of the page and of its fragments have ended.
    running: whether one is under way, or will follow the one that has ended.
    ended: the fragments of the run that ended last; empty for a run of the page.
    timers: seconds after which a fragment is to run again and again, by its id.
    errors: of all that went wrong before the visitor's eyes, what it said.
    uploads: where a file may go, by the id of the request.
    """

    session: str = ""
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    query: str = ""
    runs: int = 0
    running: bool = False
    ended: tuple[str, ...] = ()
    timers: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    uploads: dict[str, ForwardMsg] = field(default_factory=dict)
    _placed: dict[Path, _Placed] = field(default_factory=dict)
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _keeps: int = 2
    _around: str = ""
    _run: str = ""

    def take(self, message: ForwardMsg) -> ForwardMsg:
        """Take a message; returns it, or the one it stands for, which had been kept."""
        message = self._looked_up(message)
        match message.WhichOneof("type"):
            case "new_session":
                self._begin(message)
            case "delta":
                self._place(message)
            case "script_finished":
                self._end(message)
            case "navigation":
                self.page = message.navigation.page_script_hash
                self.pages = {
                    one.url_pathname: one.page_script_hash for one in message.navigation.app_pages
                }
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "page_not_found":
                self.errors.append(f"page not found: {message.page_not_found.page_name}")
            case "session_event":
                if message.session_event.HasField("script_compilation_exception"):
                    self.errors.append(message.session_event.script_compilation_exception.message)
            case "auto_rerun":
                self.timers[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self.timers.pop(fragment, None)
            case "file_urls_response":
                self.uploads[message.file_urls_response.response_id] = message
        return message

    @property
    def kept(self) -> list[str]:
        """The hashes of the messages that are kept, so that they need not be sent again."""
        return list(self._kept)

    def tree(self) -> ElementTree:
        """All elements, as AppTest has them: it finds widgets, and takes their values."""
        return parse_tree_from_messages(
            [self._placed[path].message for path in sorted(self._placed)]
        )

    def widget(self, *, key: str | None = None, label: str | None = None) -> Widget:
        """The first one with this key, or this label; LookupError if there is none."""
        for node in self.tree():
            if isinstance(node, Widget) and (
                node.key == key if key is not None else getattr(node, "label", None) == label
            ):
                return node
        raise LookupError(f"no widget {key or label!r} on the page")

    def widget_ids(self, *, around: bool = False) -> set[str]:
        """Of all widgets and components, or of those that stand around all pages."""
        return {
            name
            for placed in self._placed.values()
            if (name := _id_of(placed.message)) and (not around or self._is_around(placed))
        }

    def fragment_of(self, widget_id: str) -> str:
        """The fragment in which it stands; "" if in none."""
        for placed in self._placed.values():
            if _id_of(placed.message) == widget_id:
                return placed.message.delta.fragment_id
        raise LookupError(f"no {widget_id!r} on the page")

    def component(self, name: str) -> Component:
        """The first one of this name; LookupError if there is none."""
        for placed in self._placed.values():
            delta = placed.message.delta
            if delta.new_element.bidi_component.component_name == name:
                return Component(delta.new_element.bidi_component, delta.fragment_id)
        raise LookupError(f"no component {name!r} on the page")

    def _looked_up(self, message: ForwardMsg) -> ForwardMsg:
        if message.WhichOneof("type") != "ref_hash":
            if message.metadata.cacheable:
                self._kept[message.hash] = _Kept(message, self.runs)
            return message
        if message.ref_hash not in self._kept:
            # A browser stands still then.
            self.errors.append("the server counts on a message that is not kept any more")
            return message
        kept = self._kept[message.ref_hash]
        kept.used = self.runs
        whole = ForwardMsg()
        whole.CopyFrom(kept.message)
        whole.metadata.CopyFrom(message.metadata)
        return whole

    def _begin(self, message: ForwardMsg) -> None:
        new, run = message.new_session, message.metadata.run
        self.session = new.initialize.session_id
        self._keeps = new.config.max_cached_message_age
        self._around = new.main_script_hash
        self._run = run.script_run_id
        self.running = True
        if self.page != new.page_script_hash:
            self._remove(
                [path for path, placed in self._placed.items() if not self._is_around(placed)]
            )
        if not run.fragment_ids:
            self.timers.clear()  # those that still hold are said again
            self.page = new.page_script_hash
        elif self.page != new.page_script_hash:
            self.errors.append("a fragment of another page has emptied the page")

    def _place(self, message: ForwardMsg) -> None:
        path, kind = tuple(message.metadata.delta_path), message.delta.WhichOneof("type")
        if kind == "new_element":
            self._remove([other for other in self._placed if other[: len(path)] == path])
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                self.errors.append(f"{element.exception.type}: {element.exception.message}")
        if kind in ("new_element", "add_block"):
            self._placed[path] = _Placed(message, self._run)

    def _end(self, message: ForwardMsg) -> None:
        self.running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if self.running:
            return
        self.ended = tuple(message.metadata.run.fragment_ids)
        self.runs += 1
        # What the run has not put there again is gone.
        self._remove(
            [
                path
                for path, placed in self._placed.items()
                if placed.run != self._run
                and (not self.ended or placed.message.delta.fragment_id in self.ended)
            ]
        )
        self._kept = {
            name: kept
            for name, kept in self._kept.items()
            if self.runs - kept.used <= self._keeps
            or (self.ended and kept.message.delta.fragment_id not in self.ended)
        }

    def _is_around(self, placed: _Placed) -> bool:
        return placed.message.metadata.active_script_hash == self._around

    def _remove(self, paths: list[Path]) -> None:
        for path in paths:
            del self._placed[path]


def _id_of(message: ForwardMsg) -> str:
    """The id of the widget or component that it brings; "" for anything else."""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    return str(getattr(getattr(element, kind), "id", "")) if kind else ""
