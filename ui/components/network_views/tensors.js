// Numbers as the server sends them: tensors in the safetensors format, images as base64.

const READ = {
  F32: (buffer) => new Float32Array(buffer),
  F16: (buffer) => Float32Array.from(new Uint16Array(buffer), fromHalf),
};

// The tensors of a file, Float32Arrays by name, and its notes.
//
// The format: the length of a header in 8 bytes, the header as JSON (for each tensor its type, shape
// and place behind the header; notes under "__metadata__"), the tensors.
export function readTensors(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const { __metadata__: notes = {}, ...places } = header;
  const tensors = {};
  for (const [name, { dtype, data_offsets: [begin, end] }] of Object.entries(places)) {
    if (!(dtype in READ)) throw new Error(`${name} must be F32 or F16, got ${dtype}`);
    // A copy: in the message it may begin at a place where no Float32Array can.
    tensors[name] = READ[dtype](bytes.slice(8 + length + begin, 8 + length + end).buffer);
  }
  return { tensors, notes };
}

// The number that the 16 bits of a float16 stand for: sign, 5 bits of exponent, 10 of fraction.
function fromHalf(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  const size = exponent === 0 ? fraction * 2 ** -14
    : exponent === 31 ? (fraction ? NaN : Infinity) : (1 + fraction) * 2 ** (exponent - 15);
  return bits >> 15 ? -size : size;
}

// Pixels in [0, 1] of an image sent as one byte each.
export function readPixels(base64) {
  return Float32Array.from(atob(base64), (character) => character.charCodeAt(0) / 255);
}

// Numbers sent as one byte each.
export function readBytes(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

// Numbers sent as the bytes of a float32 array.
export function readFloats(base64) {
  return new Float32Array(readBytes(base64).buffer);
}
