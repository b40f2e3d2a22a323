/** Log lines for people: time, level, message, and of an error what it says. */
interface Line {
  '@timestamp'?: string;
  log?: { level?: string };
  message?: string;
  error?: { message?: string; stack_trace?: string };
}

const MARKS: Readonly<Record<string, string>> = { warn: 'warning: ', error: 'error: ', fatal: 'fatal: ' };

export function prettyStream(destination: { write(line: string): unknown }): { write(line: string): void } {
  return { write: (line) => void destination.write(`${pretty(JSON.parse(line) as Line)}\n`) };
}

export function pretty({ '@timestamp': at = '', log, message = '', error }: Line): string {
  const level = log?.level ?? 'info';
  const time = at.slice(11, 19);
  const head = `${time} ${MARKS[level] ?? ''}${message}`;
  if (!error) return head;
  // The stack is for whoever mends the program; the sentence before it is for everybody.
  const detail = level === 'error' || level === 'fatal' ? (error.stack_trace ?? error.message) : error.message;
  return detail && !message.includes(detail) ? `${head}\n         ${detail.replaceAll('\n', '\n         ')}` : head;
}
