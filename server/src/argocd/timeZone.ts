/** How far the clocks of a time zone are ahead of UTC at a time, in milliseconds. */
export type ZoneOffset = (time: number) => number;

/**
 * The offsets of a time zone. A name that no one knows means UTC, as it does in Argo CD, and so does none at all. Making one costs more than
 * asking it.
 */
export function zoneOffset(zone: string): ZoneOffset {
  const format = formatOf(zone);
  if (format === undefined) return () => 0;
  return (time) => {
    const name = format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes = "0"] = /^GMT([+-])(\d\d?)(?::(\d\d))?/.exec(name) ?? [];
    return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  // Go knows no zones such as `+02:00`.
  if (zone === "" || zone === "UTC" || /^[+-]/.test(zone)) return undefined;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
