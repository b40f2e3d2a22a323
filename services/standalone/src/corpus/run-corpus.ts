/** Labelled messages instead of a community: each is said by a newcomer, and what the bot did is held against the label. */
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import { countRows, feedFile } from './feed-file.ts';
import { figuresOf } from './figures.ts';
import type { JudgedRow } from './judged-row.ts';
import { listFiles } from './list-files.ts';
import { openGroup } from './open-group.ts';
import { summarise, type CorpusSummary, type FileSummary, type Mistake } from './summarise.ts';
import { createWatch } from './watch.ts';

export interface CorpusDeps {
  fake: Pick<FakeTelegram, 'human' | 'record'>;
  /** The bot that moderates; it must exist in the fake. */
  bot: { id: number };
  /** A .jsonl or .csv file of text and label, or a folder of such files. */
  file: string;
  clock: Clock;
  signal: AbortSignal;
  /** Resolves when no action is planned or being sent. */
  settled: () => Promise<void>;
  log: { info(line: string): void };
  /** Looks up why a message was judged as it was. */
  explain?: (chatId: number, messageId: number) => Promise<{ score: number; reasons: readonly string[] } | null>;
}

/** @throws CorpusError or Error that says which file or line cannot be read. In a folder such files are skipped. */
export async function runCorpus(deps: CorpusDeps): Promise<CorpusSummary> {
  const { fake, bot, clock, signal, explain } = deps;
  const { files, passOver } = await listFiles(deps.file);
  const group = openGroup(fake, bot, clock.now());
  const watch = createWatch({ fake, botId: bot.id, chatId: group.chatId });
  const summaries: FileSummary[] = [];
  const skipped: { file: string; why: string }[] = [];
  const all: JudgedRow[] = [];
  for (const file of files) {
    if (signal.aborted) break;
    const rows = await countRows(file).catch((error: unknown) => {
      if (!passOver) throw error;
      skipped.push({ file, why: messageOf(error) });
      return null;
    });
    if (rows === null) continue;
    const fed = await feedFile({ file, rows }, { ...deps, group, watch });
    if (fed === null) break;
    all.push(...fed.rows);
    summaries.push(await explained(summarise(fed), explain));
  }
  return { files: summaries, skipped, total: figuresOf(all), interrupted: signal.aborted };
}

async function explained(summary: FileSummary, explain: CorpusDeps['explain']): Promise<FileSummary> {
  if (!explain) return summary;
  const withWhy = async (mistake: Mistake): Promise<Mistake> => {
    const why = await explain(mistake.chatId, mistake.messageId);
    return why === null ? mistake : { ...mistake, why };
  };
  return {
    ...summary,
    falsePositives: await Promise.all(summary.falsePositives.map(withWhy)),
    falseNegatives: await Promise.all(summary.falseNegatives.map(withWhy)),
  };
}
