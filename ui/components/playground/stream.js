// The server's answers come in here, and the page's questions go out; it shows nothing.

import { leave, take } from "./player.js";
import { readReply } from "./reply.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const reply = data?.length ? readReply(data) : null;
  take(reply, (question) => setTriggerValue("ask", question));
  return () => {
    if (!parentElement.isConnected) leave();
  };
}
