// Step: see ui/how; what it shows.

import { mounted } from "./mounted.js";
import { stepFrame } from "./step.js";

export default mounted((parentElement) => {
  const frame = stepFrame(parentElement);
  return { take: ({ words }) => frame.setWords(words) };
});
