/** What a suffix of a quantity multiplies by (apimachinery `resource.Quantity`). */
const factors: ReadonlyMap<string, number> = new Map([
  ["n", 1e-9],
  ["u", 1e-6],
  ["m", 1e-3],
  ["", 1],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
  ["P", 1e15],
  ["E", 1e18],
  ["Ki", 2 ** 10],
  ["Mi", 2 ** 20],
  ["Gi", 2 ** 30],
  ["Ti", 2 ** 40],
  ["Pi", 2 ** 50],
  ["Ei", 2 ** 60],
]);

/** The number that a quantity stands for: `500m` gives 0.5, `1Gi` 1073741824; `undefined` for what is none. */
export function parseQuantity(text: string): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d{1,3})|([A-Za-z]{0,2}))$/.exec(text);
  if (match === null) return undefined;
  const [, number = "", exponent, suffix = ""] = match;
  if (exponent !== undefined) return Number(`${number}e${exponent}`);
  const factor = factors.get(suffix);
  if (factor === undefined) return undefined;
  // Dividing keeps `100m` equal to `0.1`.
  return factor < 1 ? Number(number) / Math.round(1 / factor) : Number(number) * factor;
}
