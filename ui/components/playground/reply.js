// The server's answers, as ui/playground/reply.py writes them.

// {serial, answer, seconds, arms: [{run, key, locked, off, diverged, stopped, moments}]}; a moment is
// {step, epoch, trainLoss, testLoss, trainScore, testScore, weights, gradients, changes}, the last
// two null where they were not sent.
export function readReply(bytes) {
  const copy = bytes.slice(); // numbers must lie at multiples of 4
  const length = new DataView(copy.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length)));
  const numbers = new Float32Array(copy.buffer, 4 + length);
  let at = 0;
  for (const arm of head.arms) {
    // Copies: a moment that is kept must not keep the whole answer.
    const take = () => numbers.slice(at, (at += arm.count));
    arm.moments = arm.moments.map(
      ([step, epoch, trainLoss, testLoss, trainScore, testScore]) => ({
        ...{ step, epoch, trainLoss, testLoss, trainScore, testScore },
        ...{ weights: take(), gradients: null, changes: null },
      }),
    );
    for (const moment of arm.moments.slice(arm.moments.length - arm.slopes)) {
      Object.assign(moment, { gradients: take(), changes: take() });
    }
  }
  return head;
}
