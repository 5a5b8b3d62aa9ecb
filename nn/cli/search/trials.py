"""The trials of a search: handed out, each to one process, and told of when they have ended."""

from dataclasses import dataclass, field

import optuna
from optuna.trial import FrozenTrial, TrialState

from nn.cli.search.endings import Ending, closing_event, ending_of
from nn.cli.search.importance import importances
from nn.cli.search.journal import RUN, from_optuna, is_rung, open_study, suggest
from nn.cli.search.sampler import Sampler
from nn.runs import Run, RunWriter, is_locked, new_run_id
from nn.runs.config_file import CONFIG
from nn.runs.schema import PRUNED as BEHIND
from nn.runs.schema import RunEvent
from nn.search import Origin, Search, SearchWriter, write_origin
from nn.search.fields import with_values
from nn.search.folder import runs_of
from nn.search.schema import FAILED, FINISHED
from nn.search.space import Value, value_json
from nn.training.config import TrainingConfig


@dataclass(frozen=True)
class Task:
    """A trial to train: its run, whose lock the writer holds, and its settings.

    best: the validation figures that it would have if it ended now.
    """

    number: int
    trial: optuna.Trial
    run: Run
    writer: RunWriter
    config: TrainingConfig
    best: dict[str, float] = field(default_factory=dict)


class Trials:
    """Hands out trials, and tells Optuna and the search's events how they ended.

    Whatever is killed at whatever moment, a trial that has no end, and whose run nobody trains, is
    handed out again. Several threads may ask.
    """

    def __init__(self, search: Search, writer: SearchWriter) -> None:
        self._search, self._writer, self._settings = search, writer, search.settings
        self._study = open_study(search.folder, self._settings, writer.alone)
        self._runs = runs_of(search.folder)
        self._own: set[int] = set()
        """Numbers of those that this process trains."""

    def take(self) -> Task | None:
        """A trial that somebody left, or else a new one; None if there is none to train."""
        while True:
            with self._writer.alone:
                trials = self._study.get_trials(deepcopy=False)
                trial = self._left(trials)
                if trial is None:
                    if len(trials) >= self._settings.most_trials:
                        return None
                    self._study.sampler = Sampler(self._settings, len(trials))
                    trial = self._study.ask()
                task = self._begin(trial)
            if task is not None:
                return task

    @property
    def others_train(self) -> bool:
        """Whether trials of other processes have not ended."""
        return any(trial.number not in self._own for trial in self._running())

    @property
    def all_have_ended(self) -> bool:
        """Whether all trials that have begun have ended."""
        return not self._running()

    def goes_on(self, task: Task, epoch: RunEvent) -> bool:
        """Whether the trial may go on: it is among the best of those that have come so far."""
        done, settings = int(epoch["epoch"]), self._settings
        _keep(task, epoch)
        # The networks of an ensemble come one after another: its epochs compare with nobody's.
        is_compared = settings.prune and len(task.config.members) == 1
        if not is_compared or done >= task.config.epochs or not is_rung(settings, done):
            return True
        self._report(task.trial, task.best[settings.metric], done)
        return not task.trial.should_prune()

    def end(self, task: Task, reason: str) -> Ending:
        """Tell how a trial ended; `reason` is why it was stopped where its run doesn't say."""
        task.run.refresh()
        ending = ending_of(task.run, self._settings.metric, reason)
        self._tell(task.trial, ending)
        self.leave(task)
        return ending

    def leave(self, task: Task) -> None:
        """Give a trial back: it has ended, or whoever wants may go on with it."""
        self._own.discard(task.number)
        task.writer.close()

    def tell_importance(self) -> None:
        """Write what is known by now of the importance of each setting."""
        self._search.refresh()
        ended = self._search.ended
        shares = importances(self._settings, ended)
        if shares:
            self._writer.write("importance", trials=len(ended), shares=shares)

    def _running(self) -> list[FrozenTrial]:
        return self._study.get_trials(deepcopy=False, states=(TrialState.RUNNING,))

    def _left(self, trials: list[FrozenTrial]) -> optuna.Trial | None:
        """The first trial that has no end and that nobody trains."""
        for trial in trials:
            if trial.state == TrialState.RUNNING and trial.number not in self._own:
                run_id = trial.user_attrs.get(RUN)
                if run_id is None or not is_locked(self._runs / run_id):
                    # Optuna knows no other way to go on with a trial than by its storage's id.
                    return optuna.Trial(self._study, trial._trial_id)
        return None

    def _begin(self, trial: optuna.Trial) -> Task | None:
        """Get its run ready; None if there is nothing to train: the settings don't go together, or
        it had ended and nobody was told."""
        values: dict[str, Value] = {
            part.name: from_optuna(part, suggest(trial, part)) for part in self._settings.space
        }
        try:
            config = with_values(self._settings.base, values)
        except ValueError as error:
            self._announce(trial.number, "", values)
            self._tell(trial, Ending(FAILED, message=str(error)))
            return None
        run_id = trial.user_attrs.get(RUN)
        if run_id is None:
            run_id = new_run_id()
            trial.set_user_attr(RUN, run_id)
        folder = self._runs / run_id
        is_there = (folder / CONFIG).exists()
        writer = RunWriter(folder, None if is_there else config.to_dict())
        try:
            write_origin(folder, Origin(self._search.id, trial.number))
            task = Task(trial.number, trial, Run(folder), writer, config)
            for epoch in task.run.epochs:
                _keep(task, epoch)
            self._announce(trial.number, run_id, values)
        except BaseException:
            writer.close()
            raise
        self._own.add(trial.number)
        if closing_event(task.run) is not None:
            self.end(task, "")
            return None
        return task

    def _announce(self, number: int, run_id: str, values: dict[str, Value]) -> None:
        self._search.refresh()
        if number not in self._search.numbers:
            params = {name: value_json(value) for name, value in values.items()}
            self._writer.write("trial_started", trial=number, run=run_id, params=params)

    def _tell(self, trial: optuna.Trial, ending: Ending) -> None:
        """Write the event first: were only Optuna told, and this killed, nobody would write it."""
        with self._writer.alone:
            self._search.refresh()
            if self._search.is_running(trial.number):
                self._writer.write("trial_ended", trial=trial.number, **ending.fields())
            if ending.state == FINISHED:
                self._study.tell(trial, ending.value)
                return
            if ending.value is not None and ending.reason != BEHIND:
                self._report(trial, ending.value, int(ending.epochs or 0))
            # A failed trial as well: Optuna's samplers learn nothing of those that "fail", and
            # would try again where trainings diverge. One without a figure counts as the worst.
            self._study.tell(trial, state=TrialState.PRUNED)

    def _report(self, trial: optuna.Trial, value: float, epoch: int) -> None:
        """Tell Optuna the figure after an epoch, unless it knows that from before a kill."""
        known = self._study.get_trials(deepcopy=False)[trial.number].intermediate_values
        if epoch not in known:
            trial.report(value, epoch)


def _keep(task: Task, epoch: RunEvent) -> None:
    """Note the figures of an epoch if the network that the trial would end with is of it."""
    loss, accuracy = epoch.get("val_loss"), epoch.get("val_accuracy")
    if loss is None or accuracy is None:
        return
    if not task.config.keep_best or loss < task.best.get("loss", float("inf")):
        task.best.update(loss=loss, accuracy=accuracy)
