/** Why a text does not have a format, as the end of a sentence; `undefined` when it does, or when the format means nothing. */
export function formatMistake(text: string, format: string): string | undefined {
  switch (format) {
    case "int32":
      return isBetween(text, -(2n ** 31n), 2n ** 31n - 1n) ? undefined : "does not fit into 32 bits";
    case "int64":
      return isBetween(text, -(2n ** 63n), 2n ** 63n - 1n) ? undefined : "does not fit into 64 bits";
    case "byte":
      return isBase64(text) ? undefined : "is not base64";
    case "date-time":
      return dateTime.test(text) ? undefined : "is not a date and time like `2026-01-31T12:00:00Z`";
    case "quantity":
      return quantity.test(text) ? undefined : "is not a quantity like `500m`, `1.5` or `2Gi`";
    case "go-duration":
      return goDuration.test(text) ? undefined : "is not a duration like `30s`, `1h30m` or `1.5h`";
    default:
      return undefined;
  }
}

/** RFC 3339, as `metav1.Time` reads it. */
const dateTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** apimachinery `api/resource`: a sign, digits, and a suffix or an exponent. */
const quantity = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;

/** Go's `time.ParseDuration`. */
const goDuration = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

function isBetween(text: string, least: bigint, most: bigint): boolean {
  if (!/^[+-]?\d{1,30}$/.test(text)) return true;
  const value = BigInt(text.replace(/^\+/, ""));
  return least <= value && value <= most;
}

/** Base64 as Go's standard encoding reads it: line breaks do not count, padding does. */
function isBase64(text: string): boolean {
  // Words are what stands there until somebody puts the value in.
  if (/[ …]|\.\.\./.test(text)) return true;
  const packed = text.replace(/[\r\n]/g, "");
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}
