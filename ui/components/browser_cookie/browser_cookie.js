// Keeps a secret in a cookie, so that the app knows the browser again. See __init__.py.

let told; // what the server has heard last, also when the component is built anew

export default function ({ data, setStateValue }) {
  const read = () =>
    document.cookie.match(new RegExp(`(?:^|; )${data.name}=([\\w-]{22,64})(?:;|$)`))?.[1] ?? "";
  const compare = () => {
    const kept = read();
    if (kept === data.secret) told = undefined;
    else if (kept !== told) setStateValue("cookie", (told = kept));
  };
  // What another tab has written counts. Writing it again renews its year.
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const secret = read() || data.secret;
  document.cookie = `${data.name}=${secret}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  compare();
  // Two tabs that were opened at once may both have found none: the later one has won by then.
  const later = setTimeout(compare, 500);
  return () => clearTimeout(later);
}
