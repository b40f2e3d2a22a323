/** What each check is worth: the default policy with that check turned off, on messages with all that stands around their text. */
import { policyFromPreset } from '@chatwarden/contracts';
import { CHECKS, type Model } from '@chatwarden/detector';
import type { Labelled } from '../corpora/labelled.ts';
import { judgeRows, type JudgedRow } from './judge-rows.ts';
import { wilson, type Share } from './metrics.ts';

export interface CheckAblation {
  /** Turned off; "none" is the policy as it is, "all" the text model alone. */
  without: string;
  /** Of the spam, how much is acted on, and how much at least asked about. */
  spamActed: Share;
  spamNoticed: Share;
  /** The same of honest messages. */
  hamActed: Share;
  hamNoticed: Share;
}

export function ablateChecks(rows: readonly Labelled[], model: Model): CheckAblation[] {
  const names = CHECKS.map(({ name }) => name);
  const variants: [string, readonly string[]][] = [
    ['none', []],
    ...names.map((name): [string, string[]] => [name, [name]]),
    ['all', names],
  ];
  const figures = variants.map(([without, off]) => {
    const checks = Object.fromEntries(off.map((name) => [name, { enabled: false, factor: 1 }]));
    return figuresWithout(without, judgeRows(rows, model, { ...policyFromPreset('balanced', 'enforce'), checks }));
  });
  const [asItIs, ...others] = figures;
  return asItIs === undefined ? [] : [asItIs, ...others.filter((row) => differs(row, asItIs))];
}

function figuresWithout(without: string, judged: readonly JudgedRow[]): CheckAblation {
  const share = (spam: boolean, bands: readonly string[]): Share => {
    const part = judged.filter((item) => item.spam === spam);
    return wilson(part.filter((item) => bands.includes(item.band)).length, part.length);
  };
  return {
    without,
    spamActed: share(true, ['act']),
    spamNoticed: share(true, ['act', 'ask']),
    hamActed: share(false, ['act']),
    hamNoticed: share(false, ['act', 'ask']),
  };
}

function differs(a: CheckAblation, b: CheckAblation): boolean {
  return (['spamActed', 'spamNoticed', 'hamActed', 'hamNoticed'] as const).some((key) => a[key].value !== b[key].value);
}
