/** "/mode@our_bot observe" -> mode, "observe". Null for other bots' commands and for ordinary text. */
export function parseCommand(text: string, botUsername: string): { name: string; argument: string } | null {
  const [head = '', ...rest] = text.trim().split(/\s/);
  if (!head.startsWith('/')) return null;
  const [name = '', addressee] = head.slice(1).split('@');
  if (addressee !== undefined && addressee.toLowerCase() !== botUsername.toLowerCase()) return null;
  return { name: name.toLowerCase(), argument: rest.join(' ').trim() };
}
