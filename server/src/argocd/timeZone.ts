/**
 * How far the clocks of a time zone are ahead of UTC at a time, in milliseconds. A name that no one knows means UTC, as it does in Argo CD,
 * and so does none at all.
 */
export function offsetOfZone(zone: string, time: number): number {
  // Go knows no zones such as `+02:00`.
  if (zone === "" || /^[+-]/.test(zone)) return 0;
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(time);
    const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes = "0"] = /^GMT([+-])(\d\d?)(?::(\d\d))?/.exec(name) ?? [];
    return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}
