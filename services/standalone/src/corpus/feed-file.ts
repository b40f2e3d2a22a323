/** One file into the group, as fast as the bot takes it: a bounded number of updates waits for the bot. */
import type { Clock } from '@chatwarden/contracts';
import { readLabelled, type Labelled } from '@chatwarden/training';
import type { JudgedRow } from './judged-row.ts';
import type { CorpusGroup } from './open-group.ts';
import type { FedFile } from './summarise.ts';
import { toMessage } from './to-message.ts';
import type { Watch } from './watch.ts';

export interface FeedDeps {
  group: CorpusGroup;
  watch: Watch;
  clock: Clock;
  signal: AbortSignal;
  /** Resolves when no action is planned or being sent. */
  settled: () => Promise<void>;
  log: { info(line: string): void };
}

/** Five of getUpdates' answers. A row is two or three updates: joining, said so, speaking. */
const BACKLOG_MAX = 480;
const WAIT_MS = 4;
const PROGRESS_MS = 2000;

type Fed = Omit<JudgedRow, 'outcome'>;

/** Reads all of it before anything is said. @throws CorpusError that names the first line that cannot be read. */
export async function countRows(file: string): Promise<number> {
  let rows = 0;
  for await (const _row of readLabelled(file)) rows += 1;
  return rows;
}

/** Null when it was stopped. */
export async function feedFile(
  { file, rows: expected }: { file: string; rows: number },
  deps: FeedDeps,
): Promise<FedFile | null> {
  const { watch, clock, signal, settled } = deps;
  const progress = { said: 0, rows: expected };
  const ended = new AbortController();
  const reporting = reportProgress(file, progress, { ...deps, signal: AbortSignal.any([signal, ended.signal]) });
  try {
    const { rows, ...counts } = await sayAll(file, progress, deps);
    while (watch.backlog() > 0 && !signal.aborted) await clock.sleep(WAIT_MS, signal);
    if (!signal.aborted) await settled();
    if (signal.aborted) return null;
    watch.backlog();
    return { file, ...counts, rows: rows.map((row) => ({ ...row, outcome: watch.outcomeOf(row.messageId) })) };
  } finally {
    ended.abort();
    await reporting;
  }
}

async function sayAll(file: string, progress: { said: number }, { group, watch, clock, signal }: FeedDeps) {
  const rows: Fed[] = [];
  let empty = 0;
  let cut = 0;
  for await (const labelled of readLabelled(file)) {
    while (watch.backlog() >= BACKLOG_MAX && !signal.aborted) await clock.sleep(WAIT_MS, signal);
    if (signal.aborted) break;
    progress.said += 1;
    const message = toMessage(labelled, Math.floor(clock.now() / 1000));
    if (!message) {
      empty += 1;
      continue;
    }
    if (message.wasCut) cut += 1;
    rows.push(toFed(labelled, group.chatId, group.say(message.said, message.senderName)));
  }
  return { rows, empty, cut };
}

/** Of the text only what can be shown is kept: a corpus may be large. */
const KEPT_CHARS = 200;

const toFed = ({ text, label, lang }: Labelled, chatId: number, messageId: number): Fed => ({
  text: text.slice(0, KEPT_CHARS),
  label,
  ...(lang === undefined ? {} : { lang }),
  chatId,
  messageId,
});

async function reportProgress(
  file: string,
  progress: { said: number; rows: number },
  { watch, clock, signal, log }: FeedDeps,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(PROGRESS_MS, signal);
    if (signal.aborted) return;
    log.info(`corpus ${file}: ${progress.said} of ${progress.rows} said, ${watch.backlog()} updates wait for the bot`);
  }
}
