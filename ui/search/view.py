"""The view "Searches" of the page Runs."""

from ui.search.form_view import search_form


def searches() -> None:
    """Show the searches of this server, and the form that starts one."""
    search_form()
