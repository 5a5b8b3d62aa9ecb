// Playwright looks whether what a test waits for is there after 20, 50, 100 and 100 ms, and then
// only every 500 ms, of which half is lost on average. Where its driver sleeps for half a second
// (what is called then is a promise's own resolve, and no function of the driver's), this makes it
// a tenth.
const later = globalThis.setTimeout;
globalThis.setTimeout = (act, delay, ...rest) =>
  later(act, delay === 500 && String(act).includes("[native code]") ? 100 : delay, ...rest);

// Each look that doesn't find it describes the whole page for the message of a failure: of what
// keeps the page from going on that is the most. Here the message does without.
const { Module } = require("module");
const compile = Module.prototype._compile;
const describe = "ariaSnapshotForExpectFailure(element, options) {";
Module.prototype._compile = function (code, file, ...rest) {
  const driver = /playwright.*coreBundle\.js$/.test(file);
  const text = driver ? code.replace(describe, `${describe} return;`) : code;
  return compile.call(this, text, file, ...rest);
};
