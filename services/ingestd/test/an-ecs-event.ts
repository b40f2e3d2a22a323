/** An event of a service that knows nothing of us: noon of 2026-11-24, the manual clock's. */
export function anEcsEvent(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    '@timestamp': '2026-11-24T12:00:00.000Z',
    message: 'order placed',
    event: { id: '0123456789abcdef0123456789abcdef' },
    service: { name: 'shop' },
    log: { level: 'info' },
    ...over,
  };
}
