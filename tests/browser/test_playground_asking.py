"""What the Playground's browser keeps and asks, without the app."""

from itertools import pairwise

from playwright.sync_api import Page

# Questions that were sent are kept; `hold` stands for a server that answers nothing yet.
ASK = """async (address) => {
  const { Asking } = await import(address + "/asking.js");
  window.sent = [];
  window.asking = new Asking();
  window.send = (question) => sent.push([question.id, question.kind]);
  window.setTimeout = (act) => { window.later = act; return 1; };
}"""


def test_one_question_is_under_way_and_a_lost_one_is_asked_again(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    page.evaluate(ASK, scripts)
    page.evaluate("() => { asking.ask(() => ({ kind: 'a' })); asking.open(send); }")
    page.evaluate("() => { for (const kind of 'bcd') asking.ask(() => ({ kind }), 'same'); }")
    assert [kind for _, kind in page.evaluate("sent")] == ["a"]
    page.evaluate("() => later()")  # nobody has answered
    ((first, _), again) = page.evaluate("sent")
    assert again == [first, "a"]
    assert page.evaluate("(id) => asking.answered(id + 5)", first) is None
    assert page.evaluate("(id) => asking.answered(id).kind", first) == "a"
    assert page.evaluate("(id) => asking.answered(id)", first) is None
    page.evaluate("() => asking.open(send)")
    assert [kind for _, kind in page.evaluate("sent")] == ["a", "a", "d"]  # the last of one name
    page.evaluate("() => { asking.close(); asking.ask(() => ({ kind: 'e' })); later(); }")
    assert len(page.evaluate("sent")) == 3  # the page's part has gone
    page.evaluate("() => { asking.ask(() => null); asking.open(send); }")
    assert [kind for _, kind in page.evaluate("sent")] == ["a", "a", "d", "e"]


def test_nothing_is_asked_while_the_visitor_may_be_leaving(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    page.evaluate(ASK, scripts)
    page.evaluate("() => { asking.beSilent(5000); asking.ask(() => ({ kind: 'a' })); }")
    page.evaluate("() => asking.open(send)")  # comes to the page, does not leave it
    assert [kind for _, kind in page.evaluate("sent")] == ["a"]
    page.evaluate("() => { asking.beSilent(5000); window.atEnd = later; asking.say(1); }")
    page.evaluate("() => { asking.ask(() => ({ kind: 'b' })); asking.answered(sent[0][0]); }")
    page.evaluate("() => asking.open(send)")
    assert [kind for _, kind in page.evaluate("sent")] == ["a"]
    page.evaluate("() => atEnd()")  # no other page has come
    assert [kind for _, kind in page.evaluate("sent")] == ["a", "b"]
    page.evaluate("() => { asking.beSilent(5000); asking.close(); asking.open(send); }")
    page.evaluate("() => asking.ask(() => ({ kind: 'c' }))")  # left, and come back at once
    assert [kind for _, kind in page.evaluate("sent")] == ["a", "b", "c"]


KEEP = """async ([address, steps, numbers]) => {
  const { History } = await import(address + "/history.js");
  window.kept = new History();
  window.moment = (step) => ({ step, epoch: step / 10, weights: new Float32Array(numbers) });
  for (let step = 0; step <= steps; step++) kept.add(moment(step));
}"""
STEPS = "kept.moments.map(({ step }) => step)"


def test_moments_are_thinned_evenly_and_all_recent_ones_are_there(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    for count, numbers, most in ((10_000, 25, 400), (3_000, 6_000, 120)):
        page.evaluate(KEEP, [scripts, count, numbers])
        steps = page.evaluate(STEPS)
        assert most / 2 <= len(steps) <= most
        assert steps[0] == 0
        assert steps[-60:] == list(range(count - 59, count + 1))
        gaps = [later - step for step, later in pairwise(steps[:-60])]
        assert max(gaps) <= 4 * min(gaps)
    assert page.evaluate("kept.near(77).step") == min(steps, key=lambda step: abs(step - 770))


def test_what_was_later_is_a_branch_once_another_way_is_taken(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    page.evaluate(KEEP, [scripts, 20, 3])
    page.evaluate("kept.replace(moment(8))")  # only looked at
    assert page.evaluate("[kept.last.step, kept.branches.length]") == [20, 0]
    page.evaluate("kept.add(moment(9))")
    assert page.evaluate(STEPS) == list(range(10))
    branch = page.evaluate("kept.branches[0]")
    assert [point["step"] for point in branch] == [8, *range(9, 21)]
    assert "weights" not in branch[0]
    page.evaluate("kept.add(moment(9))")  # changed by hand: the same step anew
    assert page.evaluate("[kept.moments.length, kept.branches.length]") == [10, 1]
    page.evaluate("() => { kept.leave(); kept.add(moment(0)); kept.leave(); }")
    assert page.evaluate("[kept.moments.length, kept.branches.length]") == [0, 2]


PLAY = """async (address) => {
  const { Playback } = await import(address + "/playback.js");
  window.playback = new Playback();
  const arm = (steps) => ({ moments: steps.map((step) => ({ step })) });
  window.piece = (...steps) => ({ seconds: 0.4, arms: [arm(steps)] });
  window.due = (seconds) => playback.advance(seconds).map(({ moments: [{ step }] }) => step);
}"""


def test_pieces_are_played_one_after_the_other_and_time_stands_still_without(
    page: Page, scripts: str
) -> None:
    page.goto(f"{scripts}/store.js")
    page.evaluate(PLAY, scripts)
    page.evaluate("() => { playback.add(piece(1, 2, 3, 4), null); }")
    assert page.evaluate("[due(0.05), due(0.06), due(0.2)]") == [[], [1], [2, 3]]
    page.evaluate("() => { playback.add(piece(5, 6), 'ended'); }")
    assert abs(page.evaluate("playback.left") - 0.49) < 1e-9
    assert page.evaluate("playback.advance(9).map(({ ends }) => ends)") == [None, None, "ended"]
    assert page.evaluate("playback.left") == 0
    page.evaluate("() => { playback.add(piece(7, 8), null); }")  # it comes late
    assert page.evaluate("[due(0.19), due(0.02)]") == [[], [7]]
    page.evaluate("playback.drop()")
    assert page.evaluate("[playback.left, due(1)]") == [0, []]


def test_weights_under_a_hand_leave_the_kept_moments_of_both_networks_alone(
    page: Page, scripts: str
) -> None:
    page.goto(f"{scripts}/store.js")
    kept, changed, given_back = page.evaluate(
        """async (address) => {
          const { store, setWeight, letGo } = await import(address + "/store.js");
          const arm = (value) => {
            const weights = Float32Array.of(value, value);
            return { weights, snapshot: { weights } };
          };
          store.arms = [arm(1), arm(2)];
          setWeight(0, 0, 5);
          setWeight(1, 1, 6); // before the server has answered what was done to the first
          const shown = () => store.arms.map(({ weights }) => [...weights]);
          const changed = shown();
          const kept = store.arms.map(({ snapshot }) => [...snapshot.weights]);
          letGo();
          return [kept, changed, shown()];
        }""",
        scripts,
    )
    assert kept == given_back == [[1, 1], [2, 2]]
    assert changed == [[5, 1], [2, 6]]
