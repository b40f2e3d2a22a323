/** Whether an object of the cluster has all that a manifest states; what others and the server add does not matter. */
export function matches(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) && live.length === wanted.length && wanted.every((item, index) => matches(live[index], item))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return live === wanted;
  if (typeof live !== 'object' || live === null) return isEmpty(wanted);
  const fields = live as Record<string, unknown>;
  return Object.entries(wanted).every(([name, value]) => value === undefined || matches(fields[name], value));
}

/** The server leaves some empty objects out. */
function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
