"""All kinds, by their names in the table."""

from tests.stress.fuzz import archives, histories, inputs, media, run_files
from tests.stress.fuzz.campaign import Kind

KINDS: dict[str, Kind] = {
    "event files": run_files.events,
    "configurations": run_files.configs,
    "checkpoints": run_files.checkpoints,
    "histories": histories.histories,
    "recipes": run_files.recipe_files,
    "runs in archives": archives.archives,
    "models": media.models,
    "images": media.images,
    "IDX files": media.idx_files,
    "URLs": inputs.urls,
    "command lines": inputs.command_lines,
}
