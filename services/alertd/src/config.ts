/** alertd's settings: the only place in this service that reads the environment. */
import { Type, type Static } from 'typebox';

export const AlertdConfig = Type.Object({
  JOURNAL_SAMPLE: Type.String({
    default: '20',
    pattern: '^(all|[1-9][0-9]*)$',
    description: 'allowed verdicts kept per group and batch; "all" keeps every one',
  }),
  HISTORY_DAYS: Type.Integer({
    default: 180,
    minimum: 7,
    description: 'days for which earlier offences, and senders who say nothing any more, are remembered',
  }),
});
export type AlertdConfig = Static<typeof AlertdConfig>;

export function allowedMax({ JOURNAL_SAMPLE }: AlertdConfig): number {
  return JOURNAL_SAMPLE === 'all' ? Infinity : Number(JOURNAL_SAMPLE);
}
