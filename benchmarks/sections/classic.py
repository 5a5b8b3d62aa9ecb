"""The classic set-up: its 50 epochs, and what Adam costs instead of plain gradient descent."""

import click

from benchmarks import images, markdown
from benchmarks.cases import Case
from benchmarks.child import Child, Entrant
from benchmarks.competition import Outcome, Settings, compete, epoch_seconds, ratio
from benchmarks.contenders import ENGINE
from benchmarks.sections import Section

EPOCHS = 50


def classic(settings: Settings) -> Section:
    """Seconds of training of our engine."""
    epochs = 2 if settings.quick else EPOCHS
    samples, tests = (1000, 100) if settings.quick else (60_000, 10_000)
    source = images.write(settings.folder, samples, tests)
    accuracies: dict[int, float] = {}

    def whole_training(child: Child) -> float:
        seconds: float = epochs * child.ask("train", epochs=epochs)["seconds"]
        # The first time, which isn't counted, is the training from new weights.
        if child.entrant.threads not in accuracies:
            accuracies[child.entrant.threads] = child.ask("test")["accuracy"]
        return seconds

    click.echo(f"{Case().network}, {epochs} epochs", err=True)
    whole = compete(settings.entrants([ENGINE], Case()), settings, whole_training)
    click.echo(f"{Case().network}, SGD and Adam", err=True)
    entrants = [
        Entrant(ENGINE, threads, Case(optimizer=optimizer))
        for optimizer in ("sgd", "adam")
        for threads in settings.thread_counts
    ]
    both = compete(entrants, settings, epoch_seconds(0.02) if settings.quick else epoch_seconds())
    outcomes = {optimizer: _only(both, optimizer) for optimizer in ("sgd", "adam")}
    sgd, adam = (outcomes[optimizer].median(ENGINE) for optimizer in ("sgd", "adam"))

    best = whole.best(ENGINE)
    accuracy = accuracies.get(best.threads) if best else None
    rows = [
        [f"{epochs} epochs of SGD (s)", markdown.number(whole.median(ENGINE))],
        ["an epoch of SGD (s)", markdown.number(sgd)],
        ["an epoch of Adam (s)", markdown.number(adam)],
        ["Adam's time as a multiple of SGD's", markdown.number(ratio(adam, sgd))],
    ]
    if source == "MNIST" and not settings.quick and accuracy is not None:
        rows.append([f"test accuracy after {epochs} epochs of SGD", f"{accuracy:.2%}"])
    text = (
        f"{Case().network}, batch {Case().batch_size}, {samples:,} images ({source}). "
        f"{settings.medians_of}, with the better number of threads.\n\n"
        + markdown.table(["scratch-nn", ""], rows)
        + "\n"
        + markdown.left_out(whole.left_out | both.left_out)
    )
    raw = {
        "images": source,
        "samples": samples,
        "epochs": epochs,
        "whole": whole.to_json(),
        "accuracy_by_threads": accuracies,
        **{optimizer: outcome.to_json() for optimizer, outcome in outcomes.items()},
    }
    return Section("The classic set-up", text, raw)


def _only(outcome: Outcome, optimizer: str) -> Outcome:
    """The part of an outcome that one optimizer is responsible for."""
    return Outcome(
        {
            entrant: values
            for entrant, values in outcome.values.items()
            if entrant.case.optimizer == optimizer
        }
    )
