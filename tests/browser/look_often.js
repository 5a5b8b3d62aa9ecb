// Playwright looks whether what a test waits for is there after 20, 50, 100 and 100 ms, and then
// only every 500 ms, of which half is lost on average. Where its driver sleeps for half a second
// (what is called then is a promise's own resolve, and no function of the driver's), this makes it
// a tenth.
const later = globalThis.setTimeout;
globalThis.setTimeout = (act, delay, ...rest) =>
  later(act, delay === 500 && String(act).includes("[native code]") ? 100 : delay, ...rest);
