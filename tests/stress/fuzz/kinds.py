"""All kinds, by their names in the table."""

from tests.stress.fuzz import archives, histories, inputs, links, media, run_files, searches
from tests.stress.fuzz.campaign import Kind

KINDS: dict[str, Kind] = {
    "event files": run_files.events,
    "configurations": run_files.configs,
    "checkpoints": run_files.checkpoints,
    "histories": histories.histories,
    "recipes": run_files.recipe_files,
    "runs in archives": archives.archives,
    "searches": searches.searches,
    "journals of searches": searches.journals,
    "models": media.models,
    "images": media.images,
    "IDX files": media.idx_files,
    "URLs": inputs.urls,
    "links to comparisons, searches and steps": links.links,
    "command lines": inputs.command_lines,
}
