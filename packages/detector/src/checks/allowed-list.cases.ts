import type { Case, Cases } from './case.ts';

const allowing = (
  kind: 'word' | 'phrase' | 'domain' | 'user' | 'channel',
  value: string,
): Pick<Case, 'policy' | 'note'> => ({
  note: `the policy allows the ${kind} "${value}"`,
  policy: { allowed: [{ kind, value }] },
});

export const cases: Cases = {
  fires: [
    { text: 'slides are on docs.our-club.example', ...allowing('domain', 'our-club.example') },
    { text: '#вакансия ищем садовника на лето, оплата раз в неделю', ...allowing('word', 'вакансия') },
    { text: 'weekly sale, everything 20 % off', sender: { id: 77 }, ...allowing('user', '77') },
  ],
  honest: [
    { text: 'slides are on our-club.example.evil.example', ...allowing('domain', 'our-club.example') },
    { text: 'вакансий нет', ...allowing('word', 'вакансия') },
    { text: 'weekly sale, everything 20 % off', sender: { id: 78 }, ...allowing('user', '77') },
  ],
};
