/** Other loggers have other names for the levels of ours; a filter and a count must not care. */
import { LogLevel } from '@chatwarden/contracts';

const SAME: Readonly<Record<LogLevel, readonly string[]>> = {
  trace: ['verbose', 'finest'],
  debug: ['fine'],
  info: ['information', 'informational', 'notice'],
  warn: ['warning'],
  error: ['err', 'severe'],
  fatal: ['critical', 'crit', 'alert', 'emergency', 'panic'],
};

const LEVEL_OF: ReadonlyMap<string, LogLevel> = new Map(
  LogLevel.enum.flatMap((level) => namesOf(level).map((name) => [name, level] as const)),
);

/** All in lower case, our own first. */
export function namesOf(level: LogLevel): string[] {
  return [level, ...SAME[level]];
}

/** `info` for what has none, or one that nobody knows. */
export function levelOf(name: string | undefined): LogLevel {
  return LEVEL_OF.get(name?.toLowerCase() ?? '') ?? 'info';
}
