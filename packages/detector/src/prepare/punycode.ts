/** Decodes international host names. Source: RFC 3492, section 6.2. */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
/** A DNS label has at most 63 octets; longer is no host name and is left as it is. */
const LABEL_MAX = 63;

/** Labels that start with "xn--" decoded; what does not decode stays as written. */
export function decodeHost(host: string): string {
  if (!host.includes('xn--')) return host;
  return host
    .split('.')
    .map((label) =>
      label.startsWith('xn--') && label.length <= LABEL_MAX ? (decodeLabel(label.slice(4)) ?? label) : label,
    )
    .join('.');
}

function decodeLabel(input: string): string | undefined {
  const basicEnd = Math.max(0, input.lastIndexOf('-'));
  const output = Array.from(input.slice(0, basicEnd), (char) => char.charCodeAt(0));
  let codePoint = 0x80;
  let bias = 72;
  let state = 0;
  for (let at = basicEnd > 0 ? basicEnd + 1 : 0; at < input.length;) {
    const read = readNumber(input, at, bias);
    if (!read) return undefined;
    const size = output.length + 1;
    bias = adapt(read.value, size, at <= basicEnd + 1 && state === 0);
    state += read.value;
    codePoint += Math.floor(state / size);
    state %= size;
    if (codePoint > 0x10ffff) return undefined;
    output.splice(state, 0, codePoint);
    state += 1;
    at = read.end;
  }
  return String.fromCodePoint(...output);
}

function readNumber(input: string, from: number, bias: number): { value: number; end: number } | undefined {
  let value = 0;
  let weight = 1;
  for (let at = from, k = BASE; at < input.length; at++, k += BASE) {
    const digit = digitOf(input.charCodeAt(at));
    if (digit === undefined) return undefined;
    value += digit * weight;
    if (value > 0x7fffffff) return undefined;
    const threshold = k <= bias ? T_MIN : Math.min(T_MAX, k - bias);
    if (digit < threshold) return { value, end: at + 1 };
    weight *= BASE - threshold;
  }
  return undefined;
}

function digitOf(unit: number): number | undefined {
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61;
  return unit >= 0x30 && unit <= 0x39 ? unit - 0x30 + 26 : undefined;
}

function adapt(delta: number, size: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / size);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
