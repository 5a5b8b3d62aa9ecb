"""The list of all runs on the page Runs: sorted, filtered, named, pinned, deleted, taken along."""
