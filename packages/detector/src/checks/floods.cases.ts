import { trace, type Case, type Cases } from './case.ts';

const after = (count: number, everySeconds: number): Pick<Case, 'note' | 'context'> => ({
  note: `${count} messages before, one every ${everySeconds} s`,
  context: {
    sender: {
      allowedCount: count,
      seen: Array.from({ length: count }, (_, at) => trace({ secondsAgo: (count - at) * everySeconds })),
    },
  },
});

export const cases: Cases = {
  fires: [
    { text: '!!!', ...after(8, 1) },
    { text: 'СРОЧНО', ...after(12, 0.5) },
    { text: 'join', ...after(7, 1.2) },
  ],
  honest: [
    { text: 'и ещё', ...after(6, 1) },
    { text: 'and another thing', ...after(8, 5) },
    { text: 'всё, молчу', ...after(3, 1) },
  ],
};
